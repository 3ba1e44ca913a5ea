import { expect, it } from 'vitest'
import { z } from 'zod'
import { echo, noop } from '../testing/tasks.ts'
import { openRepairs, withRepairs, withStrict } from './repairs.ts'

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

it('is an option and a part of the result of tasks that read PDFs, and of no others', () => {
  const options = withStrict(z.strictObject({ level: z.int() }).refine(({ level }) => level > 0))
  expect(options.safeParse({ level: 1, strict: true }).success).toBe(true)
  expect(options.safeParse({ level: 0, strict: true }).success).toBe(false)
  expect(options.safeParse({ level: 1, strict: 'yes' }).success).toBe(false)
  const repairs = [{ name: 'letter.pdf', mended: ['a'] }]
  expect(withRepairs(z.object({ bytes: z.int() })).parse({ bytes: 1, repairs })).toEqual({
    bytes: 1,
    repairs,
  })
  expect(echo.options.safeParse({ strict: true }).success).toBe(true)
  expect(noop.options.safeParse({ strict: true }).success).toBe(false)
})
