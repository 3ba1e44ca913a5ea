import type { Decimal } from '@pdf-smaller/contracts/extraction'
import { currencyOf } from '../values/currencies.ts'
import { type AroundAmount, withoutSurroundings } from './around-amounts.ts'

export type DecimalMark = '.' | ','

/** What a printed amount says. */
export type AmountReading = AroundAmount & {
  /** Signed by what is printed at the amount itself; what `side` means for the sign is not in it. */
  value: Decimal
  /** As many as were printed. */
  decimals: number
  /** The decimal mark that it says this with; null where it says the same with both. */
  mark: DecimalMark | null
}

/** So long is no amount; a bound for what hostile text may cost. */
const longest = 60

/**
 * Reads a printed amount with one decimal mark: `1.234,50-`, `1'234.50`, `1 234,50 €`, `(12.00)`, `USD 12.00 CR`,
 * `12,50 Af`, `12,--`.
 * @returns undefined where it is none with that mark
 */
export function readAmount(text: string, mark: DecimalMark): AmountReading | undefined {
  return amountReadings(text).find((reading) => reading.mark === null || reading.mark === mark)
}

/** All that a printed amount may say: nothing, one thing, or two (`1.234`). */
export function amountReadings(text: string): AmountReading[] {
  if (text.length > longest) return []
  const { core, ...around } = withoutSurroundings(text)
  const [dot, comma] = [numberIn(core, '.'), numberIn(core, ',')]
  const reading = ({ value, decimals }: PlainNumber, mark: DecimalMark | null): AmountReading => ({
    value: around.sign === '-' && /[1-9]/.test(value) ? `-${value}` : value,
    decimals,
    mark,
    ...around,
  })
  if (dot && comma && dot.value === comma.value) return [reading(dot, null)]
  return [...(dot ? [reading(dot, '.')] : []), ...(comma ? [reading(comma, ',')] : [])]
}

/** The currency that stands at an amount or alone, undefined for none and for signs of several. */
export function printedCurrency(text: string): string | undefined {
  const found = currencyOf(text.trim()) ?? withoutSurroundings(text).currency ?? undefined
  return found === 'ambiguous' ? undefined : found
}

type PlainNumber = { value: Decimal; decimals: number }

function numberIn(core: string, mark: DecimalMark): PlainNumber | undefined {
  const [whole = '', fraction, ...more] = core.split(mark)
  if (more.length > 0 || (fraction !== undefined && !/^\d{1,6}$/.test(fraction))) return undefined
  const digits = whole === '' && fraction !== undefined ? '0' : ungrouped(whole, mark)
  if (digits === undefined) return undefined
  const value = String(BigInt(digits))
  return fraction === undefined
    ? { value, decimals: 0 }
    : { value: `${value}.${fraction}`, decimals: fraction.length }
}

/** Groups of three, all with the same mark; with commas also those of India (`12,34,567`). */
function ungrouped(whole: string, mark: DecimalMark): string | undefined {
  if (/^\d+$/.test(whole)) return whole
  const other = mark === '.' ? ',' : '.'
  const separator = [other, ' ', "'"].find((candidate) => whole.includes(candidate))
  if (separator === undefined) return undefined
  const [first = '', ...groups] = whole.split(separator)
  const last = groups.at(-1) ?? ''
  const threes = /^\d{1,3}$/.test(first) && groups.every((group) => /^\d{3}$/.test(group))
  const lakhs =
    separator === ',' &&
    /^\d{1,2}$/.test(first) &&
    /^\d{3}$/.test(last) &&
    groups.slice(0, -1).every((group) => /^\d{2}$/.test(group))
  return threes || lakhs ? first + groups.join('') : undefined
}
