import { isOperator, type Operation, operationsIn, serialise } from '@pdf-smaller/pdf'
import type { Matrix } from '@pdf-smaller/pdf/matrix'
import { afterOperator } from './effects.ts'
import { forgetting, type GraphicsState, initialGraphics, scaleOf } from './graphics-state.ts'
import { shortOperands } from './shortened.ts'
import { openTextPlace, type TextPlace } from './text-place.ts'
import { openWritten } from './written.ts'

/** Contents in their shortest form, and the largest scale at which they draw each thing that they name. */
export type Rewritten = { contents: Buffer; drawn: ReadonlyMap<string, number> }

export type Operator = Extract<Operation, { kind: 'operator' }>

/** No contents of use nest deeper. */
const mostLevels = 1000
/** Operators that set something and do nothing else: without effect, they are left out. */
const onlySet = /^(w|J|j|M|i|ri|Tf|Tc|Tw|Tz|TL|Tr|Ts|cm|g|rg|k|cs|sc|scn|G|RG|K|CS|SC|SCN)$/

/**
 * Gives an inline image a name as an object of its own.
 * @param ctm where it is drawn: the unit square on the page
 * @returns undefined where it is to stay
 */
export type LiftImage = (image: Operator, ctm: Matrix) => string | undefined

/**
 * Writes contents anew that draw the same: numbers within a thousandth of a point, texts without escapes, no white
 * space and no operators that change nothing.
 * @param scale points that a unit comes to; Infinity where that is not known, and numbers keep their value
 * @returns undefined where they cannot be read to their end
 */
export function rewritten(bytes: Uint8Array, scale: number, lift?: LiftImage): Rewritten | undefined {
  const [written, text, drawn] = [openWritten(), openTextPlace(), new Map<string, number>()]
  const saved: GraphicsState[] = []
  let state = initialGraphics(scale)
  for (const operation of operationsIn(bytes)) {
    if (operation.kind === 'unknown' || saved.length > mostLevels) return undefined
    if (operation.kind !== 'operator') break
    const { operator, operands } = operation
    const name = operator === 'BI' ? lift?.(operation, state.ctm) : undefined
    if (name !== undefined) {
      written.addTokens([serialise(name)], 'Do')
      continue
    }
    const short =
      operator !== 'BI' && isOperator(operator)
        ? shortOperands(operator, operands, { bytes, state, text })
        : undefined
    follow(operation, text)
    const before = state
    if (operator === 'q') saved.push(state)
    state =
      operator === 'Q'
        ? (saved.pop() ?? forgetting(state))
        : afterOperator(state, operator, operands, short?.join(' '))
    const [named] = operands
    if (operator === 'Do' && named?.kind === 'name')
      drawn.set(named.name, Math.max(drawn.get(named.name) ?? 0, scaleOf(state.ctm)))
    if (!short) written.add(asItStands(bytes, operation), operator)
    else if (state !== before || !onlySet.test(operator)) written.addTokens(short, operator)
  }
  return { contents: written.end(), drawn }
}

function follow({ operator, operands }: Operator, text: TextPlace): void {
  if (operator === 'BT') text.begin()
  else if (operator === 'Tm') text.place(operands)
}

function asItStands(bytes: Uint8Array, { start, end }: Operator): string {
  const code = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
  return code.replace(/^[\0\t\n\f\r ]+/, '')
}
