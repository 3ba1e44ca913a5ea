import type { InvoiceLine } from '@pdf-smaller/contracts/extraction'
import { all, first } from './elements.ts'
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

export function ublLines(root: Element, context: XmlContext): InvoiceLine[] {
  return all(root, 'InvoiceLine|CreditNoteLine')
    .map((line) => lineOf(line, context))
    .filter((line) => !isHeading(line))
}

function lineOf(from: Element, context: XmlContext): InvoiceLine {
  const item = first(from, 'Item')
  const tax = first(item, 'ClassifiedTaxCategory') ?? first(from, 'TaxTotal/TaxSubtotal/TaxCategory')
  const quantity = 'InvoicedQuantity|CreditedQuantity'
  return known({
    position: textField(from, 'ID'),
    description: productField(item),
    productCode:
      textField(item, 'SellersItemIdentification/ID') ?? textField(item, 'StandardItemIdentification/ID'),
    quantity: decimalField(from, quantity),
    unit: attributeField(from, quantity, 'unitCode'),
    unitPrice: priceField(from, 'Price/PriceAmount', context),
    priceQuantity: decimalField(from, 'Price/BaseQuantity'),
    ...adjustmentFields(all(from, 'AllowanceCharge'), 'Amount', context),
    netAmount: moneyField(from, 'LineExtensionAmount', context),
    vatCategory: textField(tax, 'ID'),
    vatRate: decimalField(tax, 'Percent'),
    taxAmount: moneyField(from, 'TaxTotal/TaxAmount', context),
    date: dayField(from, 'InvoicePeriod/EndDate'),
  })
}
