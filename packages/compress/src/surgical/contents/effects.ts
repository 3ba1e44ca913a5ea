import type { Operand } from '@pdf-smaller/pdf'
import { matrixOf, within } from '@pdf-smaller/pdf/matrix'
import { type Colour, forgetting, type GraphicsState } from './graphics-state.ts'

/** Operators that set one thing, which stays until they set it again. */
const settings = new Set(['w', 'J', 'j', 'M', 'i', 'ri', 'Tf', 'Tc', 'Tw', 'Tz', 'TL', 'Tr', 'Ts'])
/** Operators that set what others set as well. */
const alsoSet: Readonly<Record<string, readonly string[]>> = { TD: ['TL'], '"': ['Tw', 'Tc'] }
const colourOperators = new Set(['g', 'rg', 'k', 'cs', 'sc', 'scn'])
/** The colour of a space that was just chosen. */
const initial = 'initial'

/**
 * What an operator leaves of the state.
 * @param code its operands as they are written; undefined where they stay as they are
 * @returns the same state where it changes nothing, undefined where all that is saved comes back
 */
export function afterOperator(
  state: GraphicsState,
  operator: string,
  operands: readonly Operand[],
  code: string | undefined,
): GraphicsState {
  if (operator === 'gs') return forgetting(state)
  if (operator === 'cm')
    return code === '1 0 0 1 0 0' ? state : { ...state, ctm: within(matrixOf(operands), state.ctm) }
  if (settings.has(operator)) return withSetting(state, operator, operands, code)
  const others = alsoSet[operator]
  if (others) return { ...state, set: withoutKeys(state.set, others) }
  const fills = operator.toLowerCase()
  if (!colourOperators.has(fills)) return state
  const side = fills === operator ? 'fill' : 'stroke'
  const colour = colourAfter(state[side], fills, code)
  const { space, code: paint } = state[side]
  return colour.space === space && colour.code === paint && isKnown(colour)
    ? state
    : { ...state, [side]: colour }
}

const isKnown = ({ space, code }: Colour) => space !== undefined && code !== undefined

function withSetting(
  state: GraphicsState,
  operator: string,
  operands: readonly Operand[],
  code: string | undefined,
): GraphicsState {
  if (code !== undefined && state.set.get(operator) === code) return state
  const set = withoutKeys(state.set, [operator])
  if (code !== undefined) set.set(operator, code)
  if (operator !== 'Tf') return { ...state, set }
  const size = operands.at(-1)
  return { ...state, set, fontSize: size?.kind === 'number' ? size.value : Infinity }
}

function withoutKeys(set: GraphicsState['set'], keys: readonly string[]): Map<string, string> {
  const rest = new Map(set)
  for (const key of keys) rest.delete(key)
  return rest
}

function colourAfter({ space }: Colour, operator: string, code: string | undefined): Colour {
  if (operator === 'cs') return { space: code, code: initial }
  if (operator === 'sc' || operator === 'scn') return { space, code }
  return { space: operator, code }
}
