import { expect, it } from 'vitest'
import { openRepairs } from './repairs.ts'

const input = {
  path: '/work/in-0.pdf',
  name: 'letter.pdf',
  size: 1,
  sha256: '',
  contentType: 'application/pdf',
}
const wrong = Array.from({ length: 30 }, (_, index) => `stream ${index} tells a wrong length`)

it('tells of each file what was mended, a few of many', () => {
  const { onRepair, told } = openRepairs({}, [input])
  expect(told()).toEqual({})
  onRepair(input.path, wrong)
  onRepair(input.path, wrong)
  expect(told()).toEqual({ repairs: [{ name: 'letter.pdf', mended: wrong.slice(0, 10) }] })
})

it('tells of files in the order in which they were sent, whichever was opened first', () => {
  const other = { ...input, path: '/work/in-1.pdf', name: 'other.pdf' }
  const { onRepair, told } = openRepairs({}, [input, other])
  for (const file of ['/work/part.pdf', other.path, input.path]) onRepair(file, ['mended'])
  expect(told().repairs?.map(({ name }) => name)).toEqual(['letter.pdf', 'other.pdf', 'part.pdf'])
})

it('refuses what would have to be mended where that is asked for', () => {
  const { onRepair } = openRepairs({ strict: true }, [input])
  expect(() => onRepair(input.path, wrong)).toThrow(expect.objectContaining({ code: 'needs_repair' }))
  expect(() => openRepairs({ strict: false }, [input]).onRepair(input.path, wrong)).not.toThrow()
})
