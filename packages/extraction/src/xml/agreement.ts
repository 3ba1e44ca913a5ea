import type { AnyField, InvoiceDocument } from '@pdf-smaller/contracts/extraction'
import { plainValue, sameValue } from '../compare/plain.ts'
import { exact } from '../values/exact.ts'
import { nameWithoutForm, sameName } from './company-names.ts'

/** What two sources of an invoice say differently, as it is told, and the fields that say it. */
export type Contradiction = { name: string; said: [one: string, other: string]; over: AnyField[] }

/** How two sources of an invoice stand to each other. */
export type Agreement = {
  /** How many fields both state. */
  compared: number
  contradictions: Contradiction[]
}

type Compared = Pick<InvoiceDocument, 'documentType' | 'invoice'>
export type StandsOnPage = (field: Pick<AnyField, 'value'>) => boolean

/**
 * Compares what tells one invoice from another: what it is, its number, day, amounts with their signs, who sells, who buys,
 * and where the money goes. Only what both state is compared.
 * @param standsOnPage whether a value of the second is printed where the first was read: that one contradicts nothing,
 * unless only its sign is another
 */
export function agreementOf(one: Compared, other: Compared, standsOnPage: StandsOnPage): Agreement {
  const [left, right] = [keysOf(one), keysOf(other)]
  const names = Object.keys(left).filter((name) => left[name] && right[name])
  const contradictions = names.flatMap((name): Contradiction[] => {
    const [a, b] = [left[name], right[name]]
    if (!a || !b || agree(name, a, b, standsOnPage)) return []
    return [{ name, said: [plainValue(a), plainValue(b)], over: [a] }]
  })
  const types = [one.documentType, other.documentType] as const
  return {
    compared: names.length,
    contradictions: paysBack(...types)
      ? [{ name: 'documentType', said: [...types], over: [] }, ...contradictions]
      : contradictions,
  }
}

/** Of credit note and invoice one pays the other back. A correction may be either, and so may what a buyer writes. */
function paysBack(one: InvoiceDocument['documentType'], other: InvoiceDocument['documentType']): boolean {
  const either = ['corrected-invoice', 'self-billed-invoice']
  if (either.includes(one) || either.includes(other)) return false
  return (one === 'credit-note') !== (other === 'credit-note')
}

const nameKeys = new Set(['seller', 'buyer'])

function keysOf({ invoice }: Compared): Record<string, AnyField | undefined> {
  const { invoiceNumber, issueDate, currency, totals, seller, buyer, payment } = invoice
  const { net, tax, gross, due } = totals
  const iban = payment.length === 1 ? payment[0]?.iban : undefined
  const sums = { net, tax, gross, due }
  const parties = { seller: seller.name, buyer: buyer.name, vatId: seller.vatId }
  return { invoiceNumber, issueDate, currency, ...sums, ...parties, iban }
}

function agree(name: string, a: AnyField, b: AnyField, standsOnPage: StandsOnPage): boolean {
  if (nameKeys.has(name)) {
    const [one, other] = [plainValue(a), plainValue(b)]
    return sameName(one, other) || standsOnPage({ value: nameWithoutForm(other) })
  }
  return sameKey(a, b) || (!isTurned(a, b) && standsOnPage(b))
}

function sameKey(a: AnyField, b: AnyField): boolean {
  if (sameValue(a, b)) return true
  if (typeof a.value !== 'string' || typeof b.value !== 'string') return false
  const bare = (text: string) => text.toUpperCase().replaceAll(/[^\p{L}\d]/gu, '')
  return bare(a.value) === bare(b.value)
}

/** An amount with its sign turned stands on the page all the same, and one of both pays the other back. */
function isTurned(a: AnyField, b: AnyField): boolean {
  if (typeof a.value !== 'object' || typeof b.value !== 'object') return false
  const [one, other] = [exact(a.value.amount), exact(b.value.amount)]
  return (
    one.units !== 0n && one.units * 10n ** BigInt(other.scale) === -other.units * 10n ** BigInt(one.scale)
  )
}
