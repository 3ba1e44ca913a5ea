import type { Adjustment, Invoice, Party, Payment, Tax } from '@pdf-smaller/contracts/extraction'
import { all, first, textAt } from './elements.ts'
import { ciiLines } from './cii-lines.ts'
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

/**
 * The invoice of UN/CEFACT Cross Industry Invoice D16B (Factur-X, ZUGFeRD 2, XRechnung), and of ZUGFeRD 1, which is the
 * same with other names; by the paths of EN 16931-3-3.
 */
export function ciiInvoice(root: Element, notes: string[]): Invoice {
  const document = first(root, 'ExchangedDocument|HeaderExchangedDocument')
  const trade = first(root, 'SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction')
  const agreement = first(trade, 'ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement')
  const delivery = first(trade, 'ApplicableHeaderTradeDelivery|ApplicableSupplyChainTradeDelivery')
  const settlement = first(trade, 'ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement')
  const context: XmlContext = { currency: textAt(settlement, 'InvoiceCurrencyCode') ?? null, notes }
  const period = first(settlement, 'BillingSpecifiedPeriod')
  const shipTo = first(delivery, 'ShipToTradeParty')
  return {
    ...known({
      invoiceNumber: textField(document, 'ID'),
      issueDate: dayField(document, 'IssueDateTime/DateTimeString'),
      dueDate: dayField(settlement, 'SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString'),
      deliveryDate: dayField(delivery, 'ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString'),
      servicePeriodStart: dayField(period, 'StartDateTime/DateTimeString'),
      servicePeriodEnd: dayField(period, 'EndDateTime/DateTimeString'),
      currency: textField(settlement, 'InvoiceCurrencyCode'),
      purchaseOrder: textField(agreement, 'BuyerOrderReferencedDocument/IssuerAssignedID|ID'),
      precedingInvoice: textField(settlement, 'InvoiceReferencedDocument/IssuerAssignedID|ID'),
      paymentTerms: textField(settlement, 'SpecifiedTradePaymentTerms/Description'),
      shipTo: shipTo && party(shipTo),
    }),
    seller: party(first(agreement, 'SellerTradeParty')),
    buyer: party(first(agreement, 'BuyerTradeParty')),
    payment: payments(settlement),
    lines: ciiLines(trade, context),
    adjustments: adjustments(settlement, context),
    taxes: all(settlement, 'ApplicableTradeTax').map((tax) => taxOf(tax, context)),
    totals: totals(settlement, context),
  }
}

function party(from: Element | undefined): Party {
  const address = first(from, 'PostalTradeAddress')
  const registration = (scheme: string) =>
    all(from, 'SpecifiedTaxRegistration').find((each) => first(each, 'ID')?.attributes['schemeID'] === scheme)
  return known({
    name: textField(from, 'Name'),
    vatId: textField(registration('VA'), 'ID'),
    taxNumber: textField(registration('FC'), 'ID'),
    registrationId: textField(from, 'SpecifiedLegalOrganization/ID'),
    customerId: textField(from, 'ID'),
    address: joinedField(address, [
      'LineOne',
      'LineTwo',
      'LineThree',
      'PostcodeCode',
      'CityName',
      'CountryID',
    ]),
    country: textField(address, 'CountryID'),
    email: textField(from, 'DefinedTradeContact/EmailURIUniversalCommunication/URIID'),
  })
}

function payments(settlement: Element | undefined): Payment[] {
  const means = all(settlement, 'SpecifiedTradeSettlementPaymentMeans')
  const shared = {
    reference: textField(settlement, 'PaymentReference'),
    creditorId: textField(settlement, 'CreditorReferenceID'),
    mandate: textField(settlement, 'SpecifiedTradePaymentTerms/DirectDebitMandateID'),
  }
  const list = means.map((each) => {
    const account = first(each, 'PayeePartyCreditorFinancialAccount')
    return known({
      means: textField(each, 'TypeCode'),
      iban: textField(account, 'IBANID'),
      accountNumber: textField(account, 'ProprietaryID'),
      accountHolder: textField(account, 'AccountName'),
      bic: textField(each, 'PayeeSpecifiedCreditorFinancialInstitution/BICID'),
      ...shared,
    })
  })
  return (list.length > 0 ? list : [known(shared)]).filter((each) => Object.keys(each).length > 0)
}

function adjustments(settlement: Element | undefined, context: XmlContext): Adjustment[] {
  const listed = all(settlement, 'SpecifiedTradeAllowanceCharge').map((each) => ({
    each,
    kind: isCharge(each) ? ('charge' as const) : ('allowance' as const),
    amount: moneyField(each, 'ActualAmount', context),
    tax: first(each, 'CategoryTradeTax'),
  }))
  // Freight has an element of its own in ZUGFeRD 1 and in the profile EXTENDED.
  const freight = all(settlement, 'SpecifiedLogisticsServiceCharge').map((each) => ({
    each,
    kind: 'charge' as const,
    amount: moneyField(each, 'AppliedAmount', context),
    tax: first(each, 'AppliedTradeTax'),
  }))
  return [...listed, ...freight].flatMap(({ each, kind, amount, tax }) => {
    if (!amount) return []
    const rest = known({
      reason: textField(each, 'Reason|Description'),
      percent: decimalField(each, 'CalculationPercent'),
      vatCategory: textField(tax, 'CategoryCode'),
      vatRate: decimalField(tax, 'RateApplicablePercent|ApplicablePercent'),
    })
    return [{ kind, amount, ...rest }]
  })
}

function taxOf(from: Element, context: XmlContext): Tax {
  return known({
    category: textField(from, 'CategoryCode'),
    rate: decimalField(from, 'RateApplicablePercent|ApplicablePercent'),
    base: moneyField(from, 'BasisAmount', context),
    amount: moneyField(from, 'CalculatedAmount', context),
    exemption: textField(from, 'ExemptionReason'),
  })
}

function totals(settlement: Element | undefined, context: XmlContext): Invoice['totals'] {
  const sums = first(
    settlement,
    'SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation',
  )
  // VAT may be stated a second time, in the currency of the tax office (BT-111).
  const tax = all(sums, 'TaxTotalAmount').find(
    ({ attributes: { currencyID } }) => currencyID === undefined || currencyID === context.currency,
  )
  return known({
    lineSum: moneyField(sums, 'LineTotalAmount', context),
    allowances: moneyField(sums, 'AllowanceTotalAmount', context),
    charges: moneyField(sums, 'ChargeTotalAmount', context),
    net: moneyField(sums, 'TaxBasisTotalAmount', context),
    tax: tax && moneyOfElement(tax, context),
    gross: moneyField(sums, 'GrandTotalAmount', context),
    paid: moneyField(sums, 'TotalPrepaidAmount', context),
    rounding: moneyField(sums, 'RoundingAmount', context),
    due: moneyField(sums, 'DuePayableAmount', context),
  })
}
