import type { Gate } from '@pdf-smaller/contracts/extraction'
import { plain } from '../../layout/plain-text.ts'
import type { AccountParts } from './accounts.ts'
import type { Printed } from './identity.ts'
import type { MarkedLine } from './marked-lines.ts'
import type { Evidence } from './sums.ts'
import { endsOf } from './sums.ts'

/** `core`: what bills and reports do not have; `named`: what says whose paper it is, `shape`: what it looks like. */
type Reason = { text: string; speaksFor: boolean; weight: number; core?: 'named' | 'shape' }

const names =
  /bank statement|account statement|^(your )?statement( |$)|statement of account|statement period|current account|checking|savings account|credit card statement|kontoauszug|auszug|girokonto|umsatzubersicht|kreditkartenabrechnung|releve de compte|releve d identite|extrait de compte|compte courant|compte de depot|releve|extracto|cuenta corriente|rekeningafschrift|rekeninguittreksel|rekeningoverzicht|afschrift|betaalrekening|estratto conto|conto corrente|extrato|conta a ordem|conta corrente/
const invoiceTitle =
  /^(tax )?(invoice|receipt|purchase order|order confirmation|quotation|quote|delivery note|packing slip|credit note|reminder|payslip|pay slip)\b|^(rechnung|quittung|bestellung|auftragsbestatigung|angebot|lieferschein|mahnung|zahlungserinnerung|gehaltsabrechnung|entgeltabrechnung)\b|^(facture|recu|bon de commande|devis|bon de livraison|rappel|bulletin de paie|avoir)\b|^(factura|recibo|pedido|presupuesto|albaran|nomina)\b|^(factuur|bestelling|offerte|pakbon|aanmaning|loonstrook)\b|^(fattura|ricevuta|ordine|preventivo|bolla|sollecito|busta paga)\b|^(fatura|orcamento|encomenda)\b/
/** What a supplier writes to a customer about open invoices. */
const debtor =
  /amount due|balance due|total due|please (pay|remit)|remittance|overdue|past due|days past|\b(30|60|90) days\b|aged|ageing|aging|payment terms|customer (no|number|id|account|ref)|invoice (no|number|date)|due date|offene posten|offener betrag|falligkeit|fallig am|mahn|kundennummer|kunden nr|debitor|zu zahlen|rechnungsnummer|numero de facture|echeance|reste a payer|code client|numero client|a payer|importe pendiente|vencimiento|n de factura|numero de factura|cliente n|openstaand|vervaldatum|factuurnummer|klantnummer|debiteurennummer|te betalen|scadenza|insoluti|numero fattura|codice cliente|partite aperte/g
/** Words at the head of papers that also list days, amounts and balances. */
const otherPaper =
  /\b(folio|guest|room no|room number|check in|check out|arrival|departure|kwh|meter|loyalty|points balance|reward points|portfolio|securities|isin|holdings|amortization|amortisation|repayment schedule|tilgungsplan|depotauszug|cuadro de amortizacion|tableau d amortissement|tuition|student id|payslip|net pay|gast|zimmer|zahlerstand|punkte)\b/
const invoiceRow =
  /\b(invoice|inv|credit note|rechnung|facture|avoir|factura|abono fra|fra|factuur|creditnota|fattura|nota di credito|rg)\b/

/** Whether a document is a bank statement at all, decided before any of its fields is told. */
export function gateOf(
  lines: readonly MarkedLine[],
  accounts: readonly AccountParts[],
  bank: Printed | null,
  sums: Evidence,
  isCard: boolean,
): Gate {
  const reasons = [...ofText(lines, isCard), ...ofParts(accounts), ...ofBank(bank), ...ofSums(sums)]
  const rows = accounts.reduce((count, account) => count + account.rows.length, 0)
  const score = reasons.reduce((sum, { weight }) => sum + weight, 0)
  const core = reasons.flatMap(({ core }) => core ?? [])
  const isBanks = core.length >= 2 && core.includes('named')
  const confidence = 1 / (1 + Math.exp(2 - (isBanks ? score : Math.min(score, 1))))
  return {
    accepted: score >= 3 && isBanks && hasSubstance(accounts, rows),
    confidence: Math.round(1000 * confidence) / 1000,
    reasons: reasons.map(({ text, speaksFor }) => ({ text, speaksFor })),
  }
}

/** Rows, or both balances of a month without any. */
function hasSubstance(accounts: readonly AccountParts[], rows: number): boolean {
  return rows > 0 || accounts.some((account) => Object.values(endsOf(account)).every((end) => end !== null))
}

function ofText(lines: readonly MarkedLine[], isCard: boolean): Reason[] {
  const texts = lines.map(({ line }) => plain(line.text))
  const head = lines.slice(0, 25).flatMap(({ cells }) => cells.map(({ text }) => plain(text)))
  const reasons: Reason[] = []
  const named = [...texts.slice(0, 40), ...head].find((text) => names.test(text))
  if (named)
    reasons.push({
      text: 'It calls itself a statement of an account',
      speaksFor: true,
      weight: 1.5,
      core: 'named',
    })
  if (head.some((text) => invoiceTitle.test(text)))
    reasons.push({ text: 'Its title is that of another kind of document', speaksFor: false, weight: -2.5 })
  const debts = new Set(texts.flatMap((text) => text.match(debtor) ?? []))
  if (debts.size > 0 && !isCard)
    reasons.push({
      text: 'It speaks of open invoices and what is due',
      speaksFor: false,
      weight: -1.5 * Math.min(3, debts.size),
    })
  if (head.some((text) => otherPaper.test(text)))
    reasons.push({ text: 'It speaks of stays, meters, points or shares', speaksFor: false, weight: -2 })
  return reasons
}

function ofParts(accounts: readonly AccountParts[]): Reason[] {
  const reasons: Reason[] = []
  const rows = accounts.flatMap((account) => account.rows)
  if (accounts.some(({ iban, number }) => iban || number))
    reasons.push({ text: 'It names an account', speaksFor: true, weight: 1.5 })
  else reasons.push({ text: 'It names no account', speaksFor: false, weight: -0.5 })
  if (rows.length > 0)
    reasons.push({ text: 'It lists rows with a date and an amount', speaksFor: true, weight: 1 })
  else reasons.push({ text: 'It lists no rows with a date and an amount', speaksFor: false, weight: -1.5 })
  const ends = accounts.flatMap((account) => Object.values(endsOf(account)).filter((end) => end !== null))
  if (ends.length > 0)
    reasons.push({
      text: 'It states balances of the account',
      speaksFor: true,
      weight: ends.length > 1 ? 1.5 : 0.7,
    })
  const columns = new Set(rows.flatMap(({ table }) => table.columns.map(({ role }) => role)))
  if (columns.has('balance') || (columns.has('debit') && columns.has('credit')))
    reasons.push({
      text: 'Its columns are those of a statement',
      speaksFor: true,
      weight: 0.8,
      core: 'shape',
    })
  const invoices = rows.filter(({ lines }) =>
    lines.some(({ line }) => invoiceRow.test(plain(line.text))),
  ).length
  if (rows.length > 0 && invoices > 0.5 * rows.length)
    reasons.push({ text: 'Most of its rows are invoices', speaksFor: false, weight: -3 })
  return reasons
}

function ofBank(bank: Printed | null): Reason[] {
  return bank?.label === 'near'
    ? [{ text: 'It names a bank', speaksFor: true, weight: 1, core: 'named' }]
    : []
}

function ofSums({ holds, fails }: Evidence): Reason[] {
  return holds > fails
    ? [{ text: 'Its balances follow from its rows', speaksFor: true, weight: 1.5, core: 'shape' }]
    : []
}
