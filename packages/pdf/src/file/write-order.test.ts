import { expect, it } from 'vitest'
import type { PdfObject } from '../objects/pdf-objects.ts'
import { numberedAnew } from './write-order.ts'

it('lets other work have its turn at every object', async () => {
  const references = Array.from({ length: 1000 }, (_, index) => `${index + 7} 0 R`)
  const all = new Map<string, PdfObject>(references.map((reference) => [reference, { value: 1 }]))
  let pauses = 0
  const numbers = await numberedAnew({ all, trailer: { '/Root': references } }, () => {
    pauses++
    return undefined
  })
  expect([...numbers]).toEqual(references.map((reference, index) => [reference, index + 1]))
  expect(pauses).toBeGreaterThanOrEqual(references.length)
})
