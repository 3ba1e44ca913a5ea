import type {
  DayField,
  DecimalField,
  InvoiceLine,
  MoneyField,
  PriceField,
  TextField,
} from '@pdf-smaller/contracts/extraction'
import { Day } from '@pdf-smaller/contracts/extraction'
import { xmlField } from '../fields/evidence.ts'
import { plain } from '../values/exact.ts'
import { minorOf, money, moneyOf } from '../values/money.ts'
import { all, first, textAt } from './elements.ts'
import type { Element } from './parse.ts'

/** What fields of XML need to know of the whole document, and where they say what they could not take. */
export type XmlContext = { currency: string | null; notes: string[] }

export function textField(from: Element | undefined, path: string): TextField | undefined {
  const text = textAt(from, path)
  return text === undefined ? undefined : xmlField(text.replaceAll(/\s+/g, ' '), text)
}

export function attributeField(from: Element | undefined, path: string, name: string): TextField | undefined {
  const value = first(from, path)?.attributes[name]?.trim()
  return value ? xmlField(value, value) : undefined
}

/** Whether something is added (a charge) or taken off (an allowance). */
export function isCharge(from: Element): boolean {
  return ['true', '1'].includes(
    textAt(from, 'ChargeIndicator/Indicator') ?? textAt(from, 'ChargeIndicator') ?? '',
  )
}

/** xs:decimal without its sign of plus and its bare points. */
function decimalOf(text: string): string | undefined {
  const [, sign = '', whole = '', decimals] = /^([-+]?)(\d*)(?:\.(\d*))?$/.exec(text) ?? []
  if (text.length > 40 || (!whole && !decimals)) return undefined
  return `${sign === '-' ? '-' : ''}${whole || '0'}${decimals ? `.${decimals}` : ''}`
}

export function decimalField(from: Element | undefined, path: string): DecimalField | undefined {
  const text = textAt(from, path)
  const value = text === undefined ? undefined : decimalOf(text)
  return text === undefined || value === undefined ? undefined : xmlField(plain(value), text)
}

/** An amount, in the currency that stands at it, or else the document's. */
export function moneyField(
  from: Element | undefined,
  path: string,
  context: XmlContext,
): MoneyField | undefined {
  const element = first(from, path)
  return element && moneyOfElement(element, context)
}

export function moneyOfElement(
  { name, text, attributes }: Element,
  { currency, notes }: XmlContext,
): MoneyField | undefined {
  const value = decimalOf(text)
  const amount = value === undefined ? undefined : moneyOf(value, attributes['currencyID'] ?? currency)
  if (amount) return xmlField(amount, text)
  if (text) notes.push(`The XML states ${name} as ${text.slice(0, 40)}, which is no amount of money`)
  return undefined
}

/** What the allowances of a line come to, and its charges. */
export function adjustmentFields(adjustments: Element[], path: string, context: XmlContext) {
  return {
    discount: sumField(
      adjustments.filter((each) => !isCharge(each)),
      path,
      context,
    ),
    charge: sumField(adjustments.filter(isCharge), path, context),
  }
}

/** What several elements come to. */
function sumField(elements: Element[], path: string, context: XmlContext): MoneyField | undefined {
  const fields = elements.flatMap((element) => moneyField(element, path, context) ?? [])
  const [only] = fields
  if (!only || fields.length === 1) return only
  const sum = fields.reduce((all, { value }) => all + minorOf(value), 0n)
  return xmlField(money(sum, only.value.currency), fields.map(({ raw }) => raw).join(' + '))
}

export function priceField(
  from: Element | undefined,
  path: string,
  context: XmlContext,
): PriceField | undefined {
  const element = first(from, path)
  const amount = element && decimalOf(element.text)
  if (!element || amount === undefined) return undefined
  return xmlField({ amount, currency: element.attributes['currencyID'] ?? context.currency }, element.text)
}

/** A day as `20250131` (UNTDID 2379, 102; with a time 203) or as xs:date, which may have a time zone. */
export function dayField(from: Element | undefined, path: string): DayField | undefined {
  const text = textAt(from, path)
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)(?!\d{1,3}$)/.exec(text ?? '') ?? []
  const parsed = Day.safeParse(`${year}-${month}-${day}`)
  return text !== undefined && parsed.success ? xmlField(parsed.data, text) : undefined
}

/** Texts of several elements as one field, as an address is. */
export function joinedField(from: Element | undefined, paths: string[]): TextField | undefined {
  const texts = paths.flatMap((path) => all(from, path).map(({ text }) => text.replaceAll(/\s+/g, ' ')))
  const said = [...new Set(texts)].filter((text) => text !== '')
  return said.length > 0 ? xmlField(said.join(', '), said.join(', ')) : undefined
}

/** What is sold: its name and what is said of it, once where the one has the other in it. */
export function productField(product: Element | undefined): TextField | undefined {
  const [name, description] = [textField(product, 'Name'), textField(product, 'Description')]
  if (name && description && name.value !== '') {
    if (description.value.includes(name.value)) return description
    if (name.value.includes(description.value)) return name
  }
  return joinedField(product, ['Name', 'Description'])
}

/** Headings and notes are written as lines of nothing. */
export function isHeading({ quantity, netAmount }: InvoiceLine): boolean {
  return quantity?.value === '0' && netAmount?.value.minor === '0'
}

/** Without the fields that are not there. */
export function known<T extends Record<string, unknown>>(
  fields: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
