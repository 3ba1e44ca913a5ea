import type { Operand } from '@pdf-smaller/pdf'
import { boxAround, type Box, mapped, type Matrix, numbersOf, type Point } from '@pdf-smaller/pdf/matrix'

/** The path that is being built, on the page. */
export type Path = {
  add: (operator: string, operands: readonly Operand[], ctm: Matrix) => void
  box: () => Box
  start: () => Point
  clear: () => void
}

export const isPathOperator = (operator: string) => /^([mlcvyh]|re)$/.test(operator)

export function openPath(): Path {
  let points: Point[] = []
  return {
    add: (operator, operands, ctm) => {
      const numbers = numbersOf(operands)
      const [x = 0, y = 0, width = 0, height = 0] = numbers
      const own: Point[] =
        operator === 're'
          ? [
              [x, y],
              [x + width, y],
              [x, y + height],
              [x + width, y + height],
            ]
          : pairs(numbers)
      points.push(...own.map((point) => mapped(point, ctm)))
    },
    box: () => boxAround(points),
    start: () => points[0] ?? [0, 0],
    clear: () => void (points = []),
  }
}

const pairs = (numbers: readonly number[]): Point[] =>
  Array.from({ length: numbers.length >> 1 }, (_, at): Point => [
    numbers[2 * at] ?? 0,
    numbers[2 * at + 1] ?? 0,
  ])
