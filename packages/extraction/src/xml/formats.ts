import type { DocumentType } from '@pdf-smaller/contracts/extraction'
import { textAt } from './elements.ts'
import type { Element } from './parse.ts'

/** What the root element of XML says that it is. */
export type XmlFormat =
  | { is: 'invoice'; syntax: 'cii' | 'ubl'; documentType: DocumentType; profile: string | null }
  | { is: 'other'; documentType: DocumentType }

type Root = { name: string; namespace: RegExp; format: (root: Element) => XmlFormat }

const cii = 'urn:un:unece:uncefact:data'
const ubl = (name: string) => new RegExp(`^urn:oasis:names:specification:ubl:schema:xsd:${name}-2$`)

/** Documents that e-invoices are, or are taken for; a file's name says nothing of it. */
const roots: Root[] = [
  {
    name: 'CrossIndustryInvoice',
    namespace: new RegExp(`^${cii}:standard:CrossIndustryInvoice:\\d+$`),
    format: ciiInvoice,
  },
  {
    name: 'CrossIndustryDocument',
    namespace: /^urn:ferd:(CrossIndustryDocument:)?invoice:(1p0|rc)$/,
    format: ciiInvoice,
  },
  {
    name: 'SCRDMCCBDACIOMessageStructure',
    namespace: new RegExp(`^${cii}:(standard:)?SCRDMCCBDACIOMessageStructure:\\d+$`),
    format: order,
  },
  { name: 'Invoice', namespace: ubl('Invoice'), format: ublInvoice },
  { name: 'CreditNote', namespace: ubl('CreditNote'), format: ublInvoice },
  ...(
    [
      ['Order', 'order'],
      ['OrderResponse', 'order-confirmation'],
      ['OrderResponseSimple', 'order-confirmation'],
      ['Quotation', 'quotation'],
      ['DespatchAdvice', 'delivery-note'],
      ['Reminder', 'reminder'],
      ['RemittanceAdvice', 'remittance-advice'],
    ] as const
  ).map(([name, documentType]) => ({
    name,
    namespace: ubl(name),
    format: (): XmlFormat => ({ is: 'other', documentType }),
  })),
]

/** @returns undefined for what is none of them */
export function formatOf(root: Element): XmlFormat | undefined {
  return roots
    .find(({ name, namespace }) => name === root.name && namespace.test(root.namespace))
    ?.format(root)
}

/** Codes of UNTDID 1001 that are invoices, and what they are. */
const types: Record<string, DocumentType> = {
  '81': 'credit-note',
  '83': 'credit-note',
  '261': 'credit-note',
  '262': 'credit-note',
  '296': 'credit-note',
  '308': 'credit-note',
  '325': 'pro-forma-invoice',
  '381': 'credit-note',
  '383': 'debit-note',
  '384': 'corrected-invoice',
  '386': 'prepayment-invoice',
  '389': 'self-billed-invoice',
  '396': 'credit-note',
  '420': 'credit-note',
  '458': 'credit-note',
  '532': 'credit-note',
}

function ciiInvoice(root: Element): XmlFormat {
  const code = textAt(root, 'ExchangedDocument|HeaderExchangedDocument/TypeCode')
  const context = 'ExchangedDocumentContext|SpecifiedExchangedDocumentContext'
  const profile = textAt(root, `${context}/GuidelineSpecifiedDocumentContextParameter/ID`) ?? null
  return { is: 'invoice', syntax: 'cii', documentType: types[code ?? ''] ?? 'invoice', profile }
}

function ublInvoice(root: Element): XmlFormat {
  const isCredit = root.name === 'CreditNote'
  const code = textAt(root, isCredit ? 'CreditNoteTypeCode' : 'InvoiceTypeCode')
  const documentType = types[code ?? ''] ?? (isCredit ? 'credit-note' : 'invoice')
  return { is: 'invoice', syntax: 'ubl', documentType, profile: textAt(root, 'CustomizationID') ?? null }
}

/** Order-X has the same elements as an invoice; only its root and its type tell that it is none. */
function order(root: Element): XmlFormat {
  const isAnswer = textAt(root, 'ExchangedDocument/TypeCode') === '231'
  return { is: 'other', documentType: isAnswer ? 'order-confirmation' : 'order' }
}
