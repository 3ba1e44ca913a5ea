import type { Invoice, Party, Payment } from '@pdf-smaller/contracts/extraction'
import type { Word } from '../../reading/page-words.ts'
import { defined } from './compose-lines.ts'
import { dayBeside, bestOf, allOf, numberBeside, type Found, type Head } from './header.ts'
import { bicIn } from './identifiers.ts'
import type { DateOrder } from './dates.ts'
import { datesIn } from './dates.ts'
import type { FieldMaker } from './fields.ts'
import { ibansOf, type PartyFound } from './parties.ts'
import { canBeName, isPostal } from './names.ts'

/** A party as fields: its name, identifiers and the lines of its address. */
export function partyOf(
  found: PartyFound,
  make: FieldMaker,
  more: { customerId?: Found | null; registrationId?: Found | null } = {},
): Party {
  const cells = found.cells.filter((cell) => !found.name?.words.some((word) => cell.words.includes(word)))
  const last = cells.findIndex(({ text }) => isPostal(text))
  const address = last < 0 ? [] : cells.slice(0, last + 1).filter(({ text }) => !/[:@]/.test(text))
  const [first] = address
  const mail = found.cells
    .flatMap((cell) => cell.words)
    .find(({ text }) => /^[^\s@]+@[^\s@]+\.\w+$/.test(text))
  return defined({
    name: found.name ? make.found(found.name) : undefined,
    vatId: found.vatId ? make.found(found.vatId) : undefined,
    registrationId: more.registrationId ? make.found(more.registrationId) : undefined,
    customerId: more.customerId ? make.found(more.customerId) : undefined,
    address: first
      ? make.text(
          address.map(({ text }) => text.replace(/[,|•·]$/, '')).join(', '),
          address.flatMap(({ words }) => words),
          first.page,
          { label: 0.7 },
        )
      : undefined,
    email:
      mail && found.cells[0] ? make.text(mail.text, [mail], found.cells[0].page, { label: 0.9 }) : undefined,
  })
}

/** The accounts to pay to, and what the payer is to state. */
export function paymentsOf(head: Head, make: FieldMaker): Payment[] {
  const bic = bestOf(head, 'bic', bicIn)
  const holder = bestOf(head, 'accountHolder', (words) => nameIn(words))
  const reference = bestOf(head, 'paymentReference', (words) => wordWithDigit(words))
  const means = bestOf(head, 'paymentMeans', (words) =>
    words.length > 0 && words.length < 8
      ? { value: joinedText(words), words: [...words], valid: null }
      : null,
  )
  const account = bestOf(head, 'accountNumber', (words) => wordWithDigit(words))
  const common = {
    bic: bic && make.found(bic),
    accountHolder: holder && make.found(holder),
    reference: reference && make.found(reference),
    means: means && make.found(means),
  }
  const shared = defined(
    Object.fromEntries(Object.entries(common).filter(([, field]) => field !== null)) as Payment,
  )
  const ibans = ibansOf(head)
  if (ibans.length > 0) return ibans.map((iban) => ({ ...shared, iban: make.found(iban) }))
  if (account) return [{ ...shared, accountNumber: make.found(account) }]
  return Object.keys(shared).length > 0 ? [shared] : []
}

const joinedText = (words: readonly Word[]) => words.map((word) => word.text).join(' ')

function nameIn(words: readonly Word[]) {
  const own = words.slice(0, 6)
  return canBeName(joinedText(own))
    ? { value: joinedText(own).replace(/[,;.]$/, ''), words: own, valid: null }
    : null
}

function wordWithDigit(words: readonly Word[]) {
  const [first] = words
  if (!first || !/\d{3}/.test(first.text) || first.text.length > 35) return null
  return { value: first.text.replace(/[,;.]$/, ''), words: [first], valid: null }
}

/** The days, numbers and terms of the head. */
export function headFields(head: Head, order: DateOrder, make: FieldMaker): Partial<Invoice> {
  const day = (found: Found | null) => (found ? make.day(found) : undefined)
  const number = (field: 'purchaseOrder' | 'precedingInvoice') => {
    const found = numberBeside(head, field)
    return found ? make.found(found) : undefined
  }
  const terms = bestOf(head, 'paymentTerms', (words, { hit }) =>
    words.length > 1 && hit.before === 0
      ? { value: joinedText(words.slice(0, 30)), words: words.slice(0, 30), valid: null }
      : null,
  )
  const period = periodOf(head, order)
  return defined({
    dueDate: day(dayBeside(head, 'dueDate', order)),
    deliveryDate: day(dayBeside(head, 'deliveryDate', order)),
    servicePeriodStart: day(period?.start ?? dayBeside(head, 'servicePeriodStart', order)),
    servicePeriodEnd: day(period?.end ?? dayBeside(head, 'servicePeriodEnd', order)),
    purchaseOrder: number('purchaseOrder'),
    precedingInvoice: number('precedingInvoice'),
    paymentTerms: terms ? make.found(terms) : undefined,
  })
}

/** Two days beside a label of a period. */
function periodOf(head: Head, order: DateOrder): { start: Found; end: Found } | null {
  for (const { cell, page, hit, score } of head.values('servicePeriod')) {
    const [start, end] = datesIn(cell.words, order)
    if (!start || !end || start.day > end.day) continue
    const found = ({ day, from, to }: typeof start): Found => ({
      value: day,
      words: cell.words.slice(from, to),
      valid: null,
      page,
      line: hit.line,
      score,
      label: hit.label,
    })
    return { start: found(start), end: found(end) }
  }
  return null
}

/** What stands on the pages of the buyer's number and of the seller's register. */
export function otherNumbers(head: Head): { customerId: Found | null; registrationId: Found | null } {
  const [registrationId] = allOf(head, 'registrationId', (words) => wordWithDigit(words))
  return { customerId: numberBeside(head, 'customerId'), registrationId: registrationId ?? null }
}
