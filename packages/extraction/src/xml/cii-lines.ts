import type { InvoiceLine } from '@pdf-smaller/contracts/extraction'
import { all, first, textAt } from './elements.ts'
import {
  adjustmentFields,
  attributeField,
  dayField,
  decimalField,
  isHeading,
  productField,
  known,
  moneyField,
  priceField,
  textField,
  type XmlContext,
} from './fields.ts'
import type { Element } from './parse.ts'

/** Lines that only group others or tell something: their amounts stand in other lines (Factur-X EXTENDED, BT-X-8). */
const withoutOwnAmount = new Set(['GROUP', 'INFORMATION'])

export function ciiLines(trade: Element | undefined, context: XmlContext): InvoiceLine[] {
  return all(trade, 'IncludedSupplyChainTradeLineItem').flatMap((item) => {
    const status = textAt(item, 'AssociatedDocumentLineDocument/LineStatusReasonCode')
    if (status !== undefined && withoutOwnAmount.has(status)) return []
    const line = lineOf(item, context)
    // A line with nothing but a note is text.
    return (line.description || line.netAmount) && !isHeading(line) ? [line] : []
  })
}

function lineOf(item: Element, context: XmlContext): InvoiceLine {
  const product = first(item, 'SpecifiedTradeProduct')
  const agreement = first(item, 'SpecifiedLineTradeAgreement|SpecifiedSupplyChainTradeAgreement')
  const delivery = first(item, 'SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery')
  const settlement = first(item, 'SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement')
  const price =
    first(agreement, 'NetPriceProductTradePrice') ?? first(agreement, 'GrossPriceProductTradePrice')
  const tax = first(settlement, 'ApplicableTradeTax')
  const sums = 'SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation'
  return known({
    position: textField(item, 'AssociatedDocumentLineDocument/LineID'),
    description: productField(product),
    productCode: textField(product, 'SellerAssignedID') ?? textField(product, 'GlobalID'),
    quantity: decimalField(delivery, 'BilledQuantity'),
    unit: attributeField(delivery, 'BilledQuantity', 'unitCode'),
    unitPrice: priceField(price, 'ChargeAmount', context),
    priceQuantity: decimalField(price, 'BasisQuantity'),
    ...adjustmentFields(all(settlement, 'SpecifiedTradeAllowanceCharge'), 'ActualAmount', context),
    netAmount: moneyField(settlement, `${sums}/LineTotalAmount`, context),
    vatCategory: textField(tax, 'CategoryCode'),
    vatRate: decimalField(tax, 'RateApplicablePercent|ApplicablePercent'),
    date: dayField(settlement, 'BillingSpecifiedPeriod/EndDateTime/DateTimeString'),
  })
}
