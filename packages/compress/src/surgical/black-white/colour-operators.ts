import type { Operand, PdfObjects } from '@pdf-smaller/pdf'
import { lightnessIn, lightnessOf, lightnessOfShading } from './lightness.ts'
import { numbersOf } from '@pdf-smaller/pdf/matrix'
import type { Paint, Side, SideState, State } from './state.ts'

/** What a name in content stands for, among the resources of one kind. */
export type Lookup = (kind: string, name: string) => unknown

export type ColourOperator = { operator: string; operands: readonly Operand[]; code: string }

const sides: Record<string, Side> = {
  g: 'fill',
  rg: 'fill',
  k: 'fill',
  cs: 'fill',
  sc: 'fill',
  scn: 'fill',
  G: 'stroke',
  RG: 'stroke',
  K: 'stroke',
  CS: 'stroke',
  SC: 'stroke',
  SCN: 'stroke',
}

/**
 * Takes note of an operator that sets a colour.
 * @returns the state after it; undefined for any other operator
 */
export function withColour(
  state: State,
  colour: ColourOperator,
  lookup: Lookup,
  objects: PdfObjects,
): State | undefined {
  const side = sides[colour.operator]
  return side && { ...state, [side]: sideWith(state[side], colour, lookup, objects) }
}

function sideWith(
  side: SideState,
  { operator, operands, code }: ColourOperator,
  lookup: Lookup,
  objects: PdfObjects,
): SideState {
  const numbers = numbersOf(operands)
  const name = operands.findLast((each) => each.kind === 'name')?.name
  if (/^cs$/i.test(operator)) {
    const space = name === undefined ? undefined : (lookup('/ColorSpace', name) ?? name)
    return { ...side, space, spaceCode: code, paint: { kind: 'lightness', lightness: 0 } }
  }
  if (!/^scn?$/i.test(operator))
    return { ...side, space: undefined, paint: { kind: 'lightness', lightness: lightnessOf(numbers) } }
  const paint: Paint =
    name === undefined
      ? { kind: 'lightness', lightness: lightnessIn(side.space, numbers, objects) }
      : patternPaint(lookup('/Pattern', name), `${side.spaceCode}${code}`, objects)
  return { ...side, paint }
}

function patternPaint(pattern: unknown, code: string, objects: PdfObjects): Paint {
  const { '/PatternType': type, '/Shading': shading } = objects.dictionary(pattern)
  return type === 2
    ? { kind: 'lightness', lightness: lightnessOfShading(shading, objects) }
    : { kind: 'pattern', code }
}
