import type { Operand } from './operations.ts'

/** [a b c d e f] as in content: x' = ax + cy + e, y' = bx + dy + f (ISO 32000-1, 8.3.4). */
export type Matrix = readonly [number, number, number, number, number, number]
export const identity: Matrix = [1, 0, 0, 1, 0, 0]

export type Point = readonly [x: number, y: number]
/** Left, bottom, right and top. */
export type Box = readonly [number, number, number, number]

/** What is meant by coordinates of `inner` within those of `outer`. */
export const within = ([a, b, c, d, e, f]: Matrix, outer: Matrix): Matrix => {
  const [x, y] = mapped([e, f], outer)
  const [ax, bx] = [a * outer[0] + b * outer[2], a * outer[1] + b * outer[3]]
  return [ax, bx, c * outer[0] + d * outer[2], c * outer[1] + d * outer[3], x, y]
}

export const mapped = ([x, y]: Point, [a, b, c, d, e, f]: Matrix): Point => [
  a * x + c * y + e,
  b * x + d * y + f,
]

/** The box around points. */
export const boxAround = (points: readonly Point[]): Box => {
  const [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity]
  return points.reduce<Box>(
    ([x0, y0, x1, y1], [x, y]) => [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)],
    [left, bottom, right, top],
  )
}

/** The numbers among operands, in order. */
export const numbersOf = (operands: readonly Operand[]): number[] =>
  operands.flatMap((each) => (each.kind === 'number' ? [each.value] : []))

export function matrixOf(operands: readonly Operand[]): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbersOf(operands)
  return [a, b, c, d, e, f]
}
