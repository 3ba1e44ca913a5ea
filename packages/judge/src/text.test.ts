import { expect, it } from 'vitest'
import { differsByAtMost, textDamages } from './text.ts'

const textDamage = (before: string[], after: string[]) => textDamages(before, after)[0]?.damage

const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index}`)

it.each([
  ['abc', 'abc', 0, true],
  ['abc', 'abd', 1, false],
  ['abc', 'abd', 2, true],
  ['abcdef', 'bcdefg', 2, true],
  ['abcdef', 'defabc', 4, false],
  ['abcdef', 'defabc', 6, true],
  ['', 'a', 0, false],
  ['', '', 0, true],
])('tells whether %j and %j differ by at most so much', (a, b, most, expected) => {
  expect(differsByAtMost(a.split(''), b.split(''), most)).toBe(expected)
})

it('takes two texts for the same whatever the white space', () => {
  expect(textDamage(['one two\nthree'], ['one  two three\n'])).toBeUndefined()
})

it('lets a word in a thousand go', () => {
  const before = words(1000)
  expect(textDamage([before.join(' ')], [before.with(500, 'changed500').join(' ')])).toBeUndefined()
})

it('notices lost words, another order and lost pages', () => {
  const before = words(100).join(' ')
  expect(textDamage([before], [words(97).join(' ')])).toMatch(/page 1 has changed/)
  expect(textDamage(['x', before], ['x', words(100).reverse().join(' ')])).toMatch(/page 2 has changed/)
  expect(textDamage([before, 'x'], [before])).toMatch(/1 pages instead of 2/)
  expect(textDamage([before], [''])).toMatch(/has changed/)
})

it('lets no number be another, however many words there are, nor a point be lost', () => {
  const before = words(1000).join(' ')
  expect(textDamage([before], [before.replace('word500', 'word501')])).toMatch(/numbers on page 1/)
  expect(textDamage([`${before} 12.50`], [`${before} 1250`])).toMatch(/numbers on page 1/)
  expect(textDamage([`${before} 12.50 m`], [`${before} 12 .50 m`])).toBeUndefined()
})
