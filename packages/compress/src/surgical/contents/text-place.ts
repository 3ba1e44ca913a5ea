import type { Operand } from '@pdf-smaller/pdf'
import { type Matrix, identity, matrixOf } from '@pdf-smaller/pdf/matrix'
import { scaleOf } from './graphics-state.ts'
import { decimalsFor, rounded } from './numbers.ts'

/** How large text is drawn by its matrix, and by how much its lines stand beside their place. */
export type TextPlace = {
  /** Units of the page that a unit of text comes to. */
  scale: () => number
  begin: () => void
  place: (operands: readonly Operand[]) => void
  /**
   * The next line, whose distances make up for what those before were rounded by.
   * @param scale points that a unit of the page comes to
   */
  moved: (distances: readonly number[], scale: number) => number[]
}

export function openTextPlace(): TextPlace {
  let matrix: Matrix = identity
  let owed = [0, 0]
  const place = (next: Matrix) => {
    matrix = next
    owed = [0, 0]
  }
  return {
    scale: () => scaleOf(matrix),
    begin: () => place(identity),
    place: (operands) => place(matrixOf(operands)),
    moved: (distances, scale) => {
      const decimals = decimalsFor(scale * scaleOf(matrix))
      return distances.map((distance, axis) => {
        const exact = distance + (owed[axis] ?? 0)
        const value = rounded(exact, decimals)
        owed[axis] = exact - value
        return value
      })
    },
  }
}
