import {
  assert,
  constantFrom,
  infiniteStream,
  integer,
  nat,
  property,
  record,
} from '@pdf-smaller/testing/properties'
import { expect, it } from 'vitest'
import { predict, undoPredictor } from './predictor.ts'

const shapes = record({
  colors: constantFrom(1, 3, 4),
  bits: constantFrom(1, 2, 4, 8),
  columns: integer({ min: 1, max: 40 }),
  rows: integer({ min: 1, max: 12 }),
})

it('gives back what was predicted, whatever the shape', () => {
  assert(
    property(shapes, infiniteStream(nat(255)), ({ colors, bits, columns, rows }, stream) => {
      const size = Math.ceil((colors * bits * columns) / 8) * rows
      const samples = Uint8Array.from({ length: size }, () => Number(stream.next().value))
      const prediction = { predictor: 15, colors, bits, columns }
      expect(Uint8Array.from(undoPredictor(predict(samples, prediction), prediction) ?? [])).toEqual(samples)
    }),
  )
})

it('makes slopes flat', () => {
  const slope = Uint8Array.from({ length: 64 * 8 }, (_, at) => (at % 64) * 3)
  const predicted = predict(slope, { predictor: 15, colors: 1, bits: 8, columns: 64 })
  expect(new Set(predicted).size).toBeLessThan(6)
})

it('undoes the TIFF predictor for 8 bits, and no other', () => {
  const prediction = { predictor: 2, colors: 3, bits: 8, columns: 2 }
  expect([...(undoPredictor(Buffer.from([1, 2, 3, 1, 1, 255]), prediction) ?? [])]).toEqual([
    1, 2, 3, 2, 3, 2,
  ])
  expect(undoPredictor(Buffer.from([1]), { ...prediction, bits: 4 })).toBeUndefined()
})
