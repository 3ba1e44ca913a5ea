import { expect, it } from 'vitest'
import { hostCommand } from './command-line.ts'

it('gives a host a bare environment, in which memory that is free is given back', () => {
  process.env['SECRET_OF_THE_SERVICE'] = 'secret'
  const { env } = hostCommand('/program.ts', '/folder', undefined, true)
  expect(env).toMatchObject({ HOME: '/folder', TMPDIR: '/folder', MALLOC_MMAP_THRESHOLD_: '262144' })
  expect(JSON.stringify(env)).not.toContain('secret')
  delete process.env['SECRET_OF_THE_SERVICE']
})
