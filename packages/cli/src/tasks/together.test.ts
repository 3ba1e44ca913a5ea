import { expect, it } from 'vitest'
import { goTogether } from './together.ts'

const inputs = { min: 1, max: 9, contentTypes: [] }

it.each([
  [{ ...inputs, max: 1 }, ['a.pdf', 'b.pdf'], false],
  [inputs, ['a.pdf', 'b.pdf'], true],
  [{ ...inputs, alone: 'application/pdf' }, ['a.pdf', 'b.PDF'], false],
  [{ ...inputs, alone: 'application/pdf' }, ['a.jpg', 'b.tif'], true],
])('tells of %o whether %o become one job', (rule, files, expected) => {
  expect(goTogether(rule, files)).toBe(expected)
})
