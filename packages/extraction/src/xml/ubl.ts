import type { Adjustment, Invoice, Party, Payment, Tax } from '@pdf-smaller/contracts/extraction'
import { all, first, textAt } from './elements.ts'
import {
  dayField,
  decimalField,
  isCharge,
  joinedField,
  known,
  moneyField,
  moneyOfElement,
  textField,
  type XmlContext,
} from './fields.ts'
import type { Element } from './parse.ts'
import { ublLines } from './ubl-lines.ts'

/** The invoice of a UBL 2.1 Invoice or CreditNote, by the paths of EN 16931-3-2. */
export function ublInvoice(root: Element, notes: string[]): Invoice {
  const context: XmlContext = { currency: textAt(root, 'DocumentCurrencyCode') ?? null, notes }
  const delivery = first(root, 'Delivery')
  const address = first(delivery, 'DeliveryLocation/Address')
  const shipTo = known({ name: textField(delivery, 'DeliveryParty/PartyName/Name'), ...addressOf(address) })
  return {
    ...known({
      invoiceNumber: textField(root, 'ID'),
      issueDate: dayField(root, 'IssueDate'),
      dueDate: dayField(root, 'DueDate') ?? dayField(root, 'PaymentMeans/PaymentDueDate'),
      deliveryDate: dayField(delivery, 'ActualDeliveryDate'),
      servicePeriodStart: dayField(root, 'InvoicePeriod/StartDate'),
      servicePeriodEnd: dayField(root, 'InvoicePeriod/EndDate'),
      currency: textField(root, 'DocumentCurrencyCode'),
      purchaseOrder: textField(root, 'OrderReference/ID'),
      precedingInvoice: textField(root, 'BillingReference/InvoiceDocumentReference/ID'),
      paymentTerms: textField(root, 'PaymentTerms/Note'),
      shipTo: Object.keys(shipTo).length > 0 ? shipTo : undefined,
    }),
    seller: party(first(root, 'AccountingSupplierParty/Party')),
    buyer: party(first(root, 'AccountingCustomerParty/Party')),
    payment: payments(root),
    lines: ublLines(root, context),
    adjustments: adjustments(root, context),
    taxes: all(totalTax(root, context), 'TaxSubtotal').map((tax) => taxOf(tax, context)),
    totals: totals(root, context),
  }
}

function party(from: Element | undefined): Party {
  const taxId = (wanted: (scheme: string) => boolean) =>
    all(from, 'PartyTaxScheme').find((each) => wanted(textAt(each, 'TaxScheme/ID') ?? ''))
  return known({
    name: textField(from, 'PartyLegalEntity/RegistrationName') ?? textField(from, 'PartyName/Name'),
    vatId: textField(
      taxId((scheme) => scheme === 'VAT'),
      'CompanyID',
    ),
    taxNumber: textField(
      taxId((scheme) => scheme !== 'VAT'),
      'CompanyID',
    ),
    registrationId: textField(from, 'PartyLegalEntity/CompanyID'),
    customerId: textField(from, 'PartyIdentification/ID'),
    ...addressOf(first(from, 'PostalAddress')),
    email: textField(from, 'Contact/ElectronicMail'),
  })
}

function addressOf(address: Element | undefined): Pick<Party, 'address' | 'country'> {
  const country = 'Country/IdentificationCode'
  const lines = ['StreetName', 'AdditionalStreetName', 'AddressLine/Line', 'PostalZone', 'CityName', country]
  return known({ address: joinedField(address, lines), country: textField(address, country) })
}

function payments(root: Element): Payment[] {
  return all(root, 'PaymentMeans').flatMap((each) => {
    const account = first(each, 'PayeeFinancialAccount')
    const payment = known({
      means: textField(each, 'PaymentMeansCode'),
      iban: textField(account, 'ID'),
      accountHolder: textField(account, 'Name'),
      bic: textField(account, 'FinancialInstitutionBranch/ID'),
      reference: textField(each, 'PaymentID'),
      mandate: textField(each, 'PaymentMandate/ID'),
    })
    return Object.keys(payment).length > 0 ? [payment] : []
  })
}

function adjustments(root: Element, context: XmlContext): Adjustment[] {
  return all(root, 'AllowanceCharge').flatMap((each) => {
    const amount = moneyField(each, 'Amount', context)
    if (!amount) return []
    const rest = known({
      reason: textField(each, 'AllowanceChargeReason'),
      percent: decimalField(each, 'MultiplierFactorNumeric'),
      vatCategory: textField(each, 'TaxCategory/ID'),
      vatRate: decimalField(each, 'TaxCategory/Percent'),
    })
    return [{ kind: isCharge(each) ? ('charge' as const) : ('allowance' as const), amount, ...rest }]
  })
}

/** VAT may be stated a second time, in the currency of the tax office (BT-111). */
function totalTax(root: Element, { currency }: XmlContext): Element | undefined {
  return all(root, 'TaxTotal').find((each) => {
    const stated = first(each, 'TaxAmount')?.attributes['currencyID']
    return stated === undefined || stated === currency
  })
}

function taxOf(from: Element, context: XmlContext): Tax {
  return known({
    category: textField(from, 'TaxCategory/ID'),
    rate: decimalField(from, 'TaxCategory/Percent') ?? decimalField(from, 'Percent'),
    base: moneyField(from, 'TaxableAmount', context),
    amount: moneyField(from, 'TaxAmount', context),
    exemption: textField(from, 'TaxCategory/TaxExemptionReason'),
  })
}

function totals(root: Element, context: XmlContext): Invoice['totals'] {
  const sums = first(root, 'LegalMonetaryTotal')
  const tax = first(totalTax(root, context), 'TaxAmount')
  return known({
    lineSum: moneyField(sums, 'LineExtensionAmount', context),
    allowances: moneyField(sums, 'AllowanceTotalAmount', context),
    charges: moneyField(sums, 'ChargeTotalAmount', context),
    net: moneyField(sums, 'TaxExclusiveAmount', context),
    tax: tax && moneyOfElement(tax, context),
    gross: moneyField(sums, 'TaxInclusiveAmount', context),
    paid: moneyField(sums, 'PrepaidAmount', context),
    rounding: moneyField(sums, 'PayableRoundingAmount', context),
    due: moneyField(sums, 'PayableAmount', context),
  })
}
