import type { Operand } from '@pdf-smaller/pdf'
import {
  identity,
  mapped,
  type Matrix,
  matrixOf,
  numbersOf,
  type Point,
  within,
} from '@pdf-smaller/pdf/matrix'

/** Where and how text is shown (ISO 32000-1, 9.4.2): the line it is on, not how far along it is. */
export type TextPosition = {
  follow: (operator: string, operands: readonly Operand[]) => void
  /** Whether outlines of letters are drawn (9.3.6). */
  strokes: () => boolean
  /** A place within the first letter. */
  point: (ctm: Matrix) => Point
}

/** Right of and above the start of a line, in parts of the size of the font. */
const withinLetter = 0.25

export function openTextPosition(): TextPosition {
  let line = identity
  let [size, leading, mode] = [0, 0, 0]
  const move = (x: number, y: number) => {
    line = within([1, 0, 0, 1, x, y], line)
  }
  return {
    follow: (operator, operands) => {
      const [x = 0, y = 0] = numbersOf(operands)
      if (operator === 'BT') line = identity
      else if (operator === 'Tm') line = matrixOf(operands)
      else if (operator === 'Tf') size = x
      else if (operator === 'TL') leading = x
      else if (operator === 'Tr') mode = x
      else if (operator === 'TD') leading = -y
      if (operator === 'Td' || operator === 'TD') move(x, y)
      else if (operator === 'T*' || operator === "'" || operator === '"') move(0, -leading)
    },
    strokes: () => mode % 4 === 1 || mode % 4 === 2,
    point: (ctm) => mapped([withinLetter * size, withinLetter * size], within(line, ctm)),
  }
}
