import { expect, it } from 'vitest'
import { ChangedObjects } from './changed-objects.ts'
import type { PdfObject } from '../objects/pdf-objects.ts'

const object = (value: unknown): PdfObject => ({ value })

it('is what a map would be to which the same was done', () => {
  const before = new Map([1, 2, 3, 4].map((number) => [`${number} 0 R`, object(number)]))
  const [own, plain] = [new ChangedObjects(before), new Map(before)]
  for (const all of [own, plain]) {
    all.set('2 0 R', object('two'))
    all.set('9 0 R', object(9)).set('8 0 R', object(8))
    for (const reference of ['3 0 R', '9 0 R', '7 0 R']) all.delete(reference)
    for (const [reference] of all) if (reference === '1 0 R') all.set('10 0 R', object(10))
    all.delete('4 0 R')
    all.set('4 0 R', object('four'))
  }
  // What was taken away and put again stands where it did.
  expect(new Map(own)).toEqual(plain)
  expect([...own.keys()].sort()).toEqual([...plain.keys()].sort())
  expect([...own.values()]).toHaveLength(plain.size)
  expect(own.size).toBe(plain.size)
  for (const number of [1, 2, 3, 4, 7, 8, 9, 10]) {
    expect(own.get(`${number} 0 R`)).toEqual(plain.get(`${number} 0 R`))
    expect(own.has(`${number} 0 R`)).toBe(plain.has(`${number} 0 R`))
  }
  expect([...before.keys()]).toHaveLength(4)
  expect(before.get('2 0 R')).toEqual({ value: 2 })
  own.clear()
  expect([...own]).toEqual([])
  expect(own.size).toBe(0)
})
