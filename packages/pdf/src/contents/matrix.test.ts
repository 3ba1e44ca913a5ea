import * as fc from '@pdf-smaller/testing/properties'
import { expect, it } from 'vitest'
import { boxAround, identity, mapped, type Matrix, matrixOf, within } from './matrix.ts'

const number = fc.integer({ min: -50, max: 50 })
const matrix = fc.tuple(number, number, number, number, number, number)

it('maps points as the standard has it', () => {
  const quarter: Matrix = [0, 1, -1, 0, 10, 20]
  expect(mapped([3, 4], quarter)).toEqual([6, 23])
  expect(mapped([3, 4], identity)).toEqual([3, 4])
})

it('maps by two matrices as by one after the other', () => {
  fc.assert(
    fc.property(matrix, matrix, fc.tuple(number, number), (inner, outer, point) => {
      expect(mapped(point, within(inner, outer))).toEqual(mapped(mapped(point, inner), outer))
    }),
  )
})

it('takes what stands before cm, and for what is missing the one that changes nothing', () => {
  const operands = [2, 0, 0, 3].map((value) => ({ kind: 'number' as const, value }))
  expect(matrixOf([...operands, { kind: 'other' }])).toEqual([2, 0, 0, 3, 0, 0])
  expect(matrixOf([])).toEqual(identity)
})

it('has boxes around points', () => {
  expect(
    boxAround([
      [3, 9],
      [-1, 4],
    ]),
  ).toEqual([-1, 4, 3, 9])
})
