import { type Operand, serialise } from '@pdf-smaller/pdf'
import { numbersOf } from '@pdf-smaller/pdf/matrix'
import { type GraphicsState, scaleOf } from './graphics-state.ts'
import { decimalsFor, digitsFor, rounded, roundedFactor, shortNumber } from './numbers.ts'
import { shortString } from './strings.ts'
import type { TextPlace } from './text-place.ts'

/** Where operands stand: in which contents, under which state, and at which place of a text. */
export type Place = { bytes: Uint8Array; state: GraphicsState; text: TextPlace }

/** Operators that take so many coordinates. */
const coordinates: Readonly<Record<string, number>> = { m: 2, l: 2, c: 6, v: 4, y: 4, re: 4 }
/** What is multiplied by what comes later: by a matrix, by glyphs, by the lines of a text. */
const factors = new Set(['w', 'Tf', 'Tc', 'Tw', 'TL', 'Ts', 'Tz', 'TD'])
const colours = new Set(['g', 'G', 'rg', 'RG', 'k', 'K', 'sc', 'SC', 'scn', 'SCN'])
/** Of 255 levels that is a fortieth of one. */
const colourDecimals = 4
/** Of a matrix, a part that small beside the others is what a sine leaves behind. */
const noise = 1e-12

/** Operands in their shortest form; undefined where they must stand as they are. */
export function shortOperands(
  operator: string,
  operands: readonly Operand[],
  place: Place,
): string[] | undefined {
  const scale = scaleOf(place.state.ctm)
  // Where it is not known how large this is drawn, every digit counts.
  const isKnown = Number.isFinite(scale)
  const numbers = numbersOf(operands)
  const takes = (count: number) => isKnown && numbers.length === count && operands.length === count
  if (takes(coordinates[operator] ?? -1)) return shortCoordinates(operator, numbers, decimalsFor(scale))
  if ((operator === 'cm' || operator === 'Tm') && takes(6)) return shortMatrix(numbers, scale)
  if (operator === 'Td' && takes(2)) return place.text.moved(numbers, scale).map(shortNumber)
  if (operator === 'TJ')
    return shortText(
      operands,
      place.bytes,
      (scale * place.text.scale() * Math.abs(place.state.fontSize)) / 1000,
    )
  if (isKnown && factors.has(operator)) return plain(operands, place.bytes, (each) => roundedFactor(each))
  if (isKnown && colours.has(operator))
    return plain(operands, place.bytes, (each) => rounded(each, colourDecimals))
  return plain(operands, place.bytes, (each) => each)
}

/** A rectangle that has a width and a height keeps them. */
function shortCoordinates(
  operator: string,
  numbers: readonly number[],
  decimals: number | undefined,
): string[] {
  return numbers.map((each, index) => {
    const value = rounded(each, decimals)
    return shortNumber(operator === 're' && index > 1 && value === 0 ? roundedFactor(each) : value)
  })
}

/** @param scale of what the matrix stands in */
function shortMatrix(numbers: readonly number[], scale: number): string[] {
  const factors = numbers.slice(0, 4)
  const least = noise * Math.max(...factors.map(Math.abs))
  // All that is drawn under it moves along.
  const decimals = decimalsFor(scale * 10)
  const digits = digitsFor(Math.max(...numbers.slice(4).map(Math.abs)) * scale)
  return [
    ...factors.map((each) => (Math.abs(each) < least ? 0 : roundedFactor(each, digits))),
    ...numbers.slice(4).map((each) => rounded(each, decimals)),
  ].map(shortNumber)
}

/** Names, strings and numbers; undefined where there is anything else. */
function plain(
  operands: readonly Operand[],
  bytes: Uint8Array,
  number: (value: number) => number,
): string[] | undefined {
  const written: string[] = []
  for (const each of operands) {
    if (each.kind === 'number') written.push(shortNumber(number(each.value)))
    else if (each.kind === 'name') written.push(serialise(each.name))
    else if (each.kind === 'string') written.push(shortString(bytes, each))
    else return undefined
  }
  return written
}

/**
 * Strings with the distances between them, which make up for what those before were rounded by.
 * @param unit points that a distance of 1 comes to
 */
function shortText(operands: readonly Operand[], bytes: Uint8Array, unit: number): string[] | undefined {
  const [array] = operands
  if (array?.kind !== 'items' || operands.length !== 1) return undefined
  const decimals = decimalsFor(unit)
  let [text, owed, isAfterNumber] = ['', 0, false]
  for (const each of array.items) {
    if (each.kind === 'string') text += shortString(bytes, each)
    else if (each.kind === 'number') {
      const exact = each.value + owed
      const value = rounded(exact, decimals)
      owed = exact - value
      text += (isAfterNumber ? ' ' : '') + shortNumber(value)
    } else return undefined
    isAfterNumber = each.kind === 'number'
  }
  return [`[${text}]`]
}
