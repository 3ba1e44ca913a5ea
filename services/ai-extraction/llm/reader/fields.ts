import type {
  DayField,
  DecimalField,
  Evidence,
  MoneyField,
  PriceField,
  TextField,
} from '@pdf-smaller/contracts/extraction'
import {
  dateReadings,
  fieldOf,
  isBic,
  isIban,
  moneyOf,
  printedCurrency,
  currencyOf,
  currencySigns,
  readAmount,
  type Signs,
  vatIdOf,
} from '@pdf-smaller/extraction'
import type { PlaceOf } from '../../layout/place.ts'
import type { Conventions } from './conventions.ts'
import type { IsOtherDate, LabelledDate } from './labelled-dates.ts'
import type { Found, Places } from './places.ts'
import type { TextLine } from './text-lines.ts'
import { dayIn, type ValuePlaces } from './value-places.ts'

/** What answers are made fields with. */
export type FieldTools = Conventions & {
  places: Places
  values: ValuePlaces
  isOtherDate: IsOtherDate
  placeOf: PlaceOf
  /** The number of the first page that is read. */
  firstPage: number
  currency: string | null
  /** What days without a year lie in. */
  period: { from: string; to: string } | undefined
}

/** What a model says is printed; null and empty are nothing, and some models spell that out. */
export type Printed = string | null

/** Makes fields of what a model says is printed, each with where it stands. Where it does not stand, that is told. */
export type FieldMaker = {
  text: (printed: Printed) => TextField | undefined
  /** What may stand on several lines, with other signs between them. */
  prose: (printed: Printed) => TextField | undefined
  /** The code of a currency, which stands there as a sign, too. */
  currency: (printed: Printed) => TextField | undefined
  iban: (printed: Printed) => TextField | undefined
  bic: (printed: Printed) => TextField | undefined
  vatId: (printed: Printed) => TextField | undefined
  /** @param date which it is; it does not stand where another one is labelled */
  day: (printed: Printed, date?: LabelledDate) => DayField | undefined
  /** Signed as it is printed, and negative where it is printed as a debit. */
  money: (printed: Printed) => MoneyField | undefined
  /** Negative where money went out, whatever is printed. */
  signedMoney: (printed: Printed, direction: 'in' | 'out') => MoneyField | undefined
  price: (printed: Printed) => PriceField | undefined
  decimal: (printed: Printed) => DecimalField | undefined
}

/** @param within the lines that values stand on, as those of a row do; else anywhere */
export function fieldMaker(tools: FieldTools, within?: readonly TextLine[]): FieldMaker {
  const amountOf = (printed: string) => readAmount(printed, tools.mark)
  type Lines = readonly TextLine[] | undefined
  const field = <V>(value: V | undefined, raw: string, signs: Signs = {}, ...more: Look[]) => {
    const looks: Look[] = [(lines: Lines) => tools.places.exactly(raw, lines), ...more]
    return value === undefined
      ? undefined
      : grounded(value, raw, foundBy(looks, within), signs, tools.placeOf)
  }
  const loosely = (raw: string) => (lines: Lines) => tools.places.loosely(raw, lines)
  const byAmount = (value: string) => (lines: Lines) => tools.values.amount(value, tools.mark, lines)
  const text = (raw: string, isLoose: boolean) =>
    field(raw.replaceAll(/\s+/g, ' '), raw, {}, ...(isLoose ? [loosely(raw)] : []))
  const checked = (raw: string, value: string, valid: boolean | undefined, hasChecksum: boolean) =>
    field(value, raw, {
      shape: valid !== undefined,
      ...(hasChecksum && valid !== undefined ? { checksum: valid } : {}),
    })
  const money = (raw: string, direction?: 'in' | 'out') => {
    const amount = amountOf(raw)
    if (!amount) return undefined
    const isNegative = direction ? direction === 'out' : amount.side === 'debit'
    const bare = amount.value.replace('-', '')
    const value =
      direction || isNegative ? (isNegative && /[1-9]/.test(bare) ? `-${bare}` : bare) : amount.value
    const currency = amount.currency === 'ambiguous' ? null : amount.currency
    const signs = { shape: amount.decimals > 0 }
    return field(moneyOf(value, currency ?? tools.currency), raw, signs, byAmount(value))
  }
  return {
    text: (printed) => made(printed, (raw) => text(raw, false)),
    prose: (printed) => made(printed, (raw) => text(raw, true)),
    currency: (printed) => made(printed, (raw) => currencyField(raw, tools, field)),
    iban: (printed) =>
      made(printed, (raw) => checked(raw, raw.replaceAll(/[\s.-]/g, '').toUpperCase(), isIban(raw), true)),
    bic: (printed) => made(printed, (raw) => checked(raw, raw.trim(), isBic(raw) || undefined, false)),
    vatId: (printed) =>
      made(printed, (raw) => {
        const id = vatIdOf(raw)
        return checked(raw, id?.id ?? raw.trim(), id?.valid, true)
      }),
    day: (printed, date) => made(printed, (raw) => dayField(raw, date, tools, within)),
    money: (printed) => made(printed, (raw) => money(raw)),
    signedMoney: (printed, direction) => made(printed, (raw) => money(raw, direction)),
    price: (printed) =>
      made(printed, (raw) => {
        const amount = amountOf(raw)
        const currency = printedCurrency(raw) ?? tools.currency
        const value = amount && { amount: amount.value, currency }
        return field(value, raw, { shape: true }, byAmount(amount?.value ?? '0'))
      }),
    decimal: (printed) =>
      made(printed, (raw) =>
        field(amountOf(raw.replace(/\s*%$/, ''))?.value, raw.replace(/\s*%$/, ''), { shape: true }),
      ),
  }
}

function dayField(
  raw: string,
  date: LabelledDate | undefined,
  tools: FieldTools,
  within: readonly TextLine[] | undefined,
): DayField | undefined {
  const value = dayIn(dateReadings(raw), tools)
  if (value === undefined) return undefined
  const own = (places: Found[]) => places.filter((place) => !date || !tools.isOtherDate(date, place))
  const looks: Look[] = [
    (lines) => own(tools.places.exactly(raw, lines)),
    (lines) => own(tools.values.day(value, tools, lines)),
  ]
  return grounded(value, raw, foundBy(looks, within), { shape: true }, tools.placeOf)
}

type MakeField = (value: string | undefined, raw: string, signs?: Signs) => TextField | undefined

/** Models tell the code, as they are asked to; what stands on the page may be a sign of the same. */
function currencyField(raw: string, { places }: FieldTools, field: MakeField): TextField | undefined {
  const code = printedCurrency(raw)
  if (code === undefined) return undefined
  const printed = [raw, code, ...currencySigns.filter((sign) => mayMean(sign, code))]
  return field(code, printed.find((each) => places.exactly(each).length > 0) ?? raw, { shape: true })
}

const severals: Record<string, RegExp> = { $: /D$/, KR: /^(SEK|NOK|DKK|ISK)$/, '¥': /^(JPY|CNY)$/ }
const mayMean = (sign: string, code: string) =>
  currencyOf(sign) === code || (severals[sign.replace('.', '')]?.test(code) ?? false)

const nothing = /^(?:null|none|n\/?a|-+|–|not (?:printed|given|available))?$/i

function made<F>(printed: Printed, make: (raw: string) => F | undefined): F | undefined {
  const raw = printed?.trim() ?? ''
  return nothing.test(raw) || raw.length > 2000 ? undefined : make(raw)
}

/** A way to look for a value: on some lines, or on all. */
type Look = (lines: readonly TextLine[] | undefined) => Found[]

/** As it is told first, and in its own lines before all others. */
function foundBy(looks: readonly Look[], within: readonly TextLine[] | undefined): Found[] {
  for (const lines of within ? [within, undefined] : [undefined]) {
    for (const look of looks) {
      const found = look(lines)
      if (found.length > 0) return found
    }
  }
  return []
}

/** What does not stand on the pages is no more than a guess. */
const guess = 0.2
const mostPlaces = 10

function grounded<V>(
  value: V,
  raw: string,
  found: readonly Found[],
  signs: Signs,
  placeOf: PlaceOf,
): Evidence & { value: V } {
  const isGrounded = found.length > 0
  const provenance = found.slice(0, mostPlaces).map((each) => placeOf(each.page, each.words))
  const evidence = isGrounded
    ? { place: true, rivals: found.length - 1, reader: Math.max(...found.map(({ reader }) => reader)) }
    : { model: guess }
  // What stands there counts, not what the model has made of it.
  const printed = found[0]?.words.map(({ text }) => text).join(' ') ?? raw
  const origin = { raw: printed, source: 'llm', provenance, grounded: isGrounded } as const
  return fieldOf(value, { ...origin, provenance }, { ...signs, ...evidence })
}
