import { expect, it } from 'vitest'
import { detectWrappers, underLimits } from './limits.ts'

const limits = { memoryBytes: 1000, cpuSeconds: 1.5, fileBytes: 2000 }

it('wraps the engine in what the host has', () => {
  expect(underLimits(['qpdf', '--version'], limits, { dieWithWorker: true, limit: true }).join(' ')).toBe(
    'setpriv --no-new-privs --pdeathsig KILL -- prlimit --as=1000 --cpu=2:4 --fsize=2000 --core=0 -- qpdf --version',
  )
  expect(underLimits(['qpdf'], limits, { dieWithWorker: false, limit: false })).toEqual(['qpdf'])
})

it('leaves out what cannot be run', async () => {
  const found = await detectWrappers(async ([file]) => file !== 'setpriv')
  expect(found).toEqual({ dieWithWorker: false, limit: true })
})
