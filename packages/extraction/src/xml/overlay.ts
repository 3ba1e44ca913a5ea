import type { AnyField, Invoice, InvoiceLine } from '@pdf-smaller/contracts/extraction'
import { align } from '../compare/align.ts'
import { sameValue } from '../compare/plain.ts'
import { isField } from '../fields/walk.ts'

/**
 * The invoice of XML with the places of its values on the pages. What only the pages say fills gaps of the header;
 * sums are the XML's alone, so that a figure that was read wrongly cannot enter them.
 */
export function overlay(page: Invoice, xml: Invoice): Invoice {
  const { lines, taxes, adjustments, totals, ...header } = xml
  const {
    lines: pageLines,
    taxes: pageTaxes,
    adjustments: pageAdjustments,
    totals: pageTotals,
    ...pageHeader
  } = page
  const hasLines = lines.length > 0
  return {
    ...filled(pageHeader, header),
    lines: hasLines ? rows(pageLines, lines, withListPrice) : pageLines,
    taxes: taxes.length > 0 ? rows(pageTaxes, taxes) : pageTaxes,
    adjustments: hasLines || adjustments.length > 0 ? rows(pageAdjustments, adjustments) : pageAdjustments,
    totals: placed(pageTotals, totals),
  }
}

/** The second with all that only the first has. */
function filled<T>(page: T, xml: T): T {
  return merge(page, xml, true) as T
}

/** The second with the places of the first. */
function placed<T>(page: T, xml: T): T {
  return merge(page, xml, false) as T
}

/** `also` takes what the page says better than the XML. */
function rows<T>(page: T[], xml: T[], also: (page: T, xml: T) => T = (_, row) => row): T[] {
  const pairs = new Map(
    align(xml, page).flatMap(([i, j]) => (i !== undefined && j !== undefined ? [[i, j]] : [])),
  )
  return xml.map((row, index) => {
    const other = pairs.get(index)
    const printed = other === undefined ? undefined : page[other]
    return printed === undefined ? row : also(printed, placed(printed, row))
  })
}

/** XML has prices after discount (BT-146) where a page prints the price of the list and what is taken off. */
function withListPrice(page: InvoiceLine, xml: InvoiceLine): InvoiceLine {
  const { unitPrice, discount, discountPercent } = page
  const same = (name: 'quantity' | 'netAmount') => {
    const [printed, exact] = [page[name], xml[name]]
    return printed !== undefined && exact !== undefined && sameValue(printed, exact)
  }
  const isTold = xml.discount !== undefined || xml.discountPercent !== undefined
  if (!unitPrice || !(discount ?? discountPercent) || isTold || !same('quantity') || !same('netAmount'))
    return xml
  return {
    ...xml,
    unitPrice,
    ...(discount ? { discount } : {}),
    ...(discountPercent ? { discountPercent } : {}),
  }
}

function merge(page: unknown, xml: unknown, fill: boolean): unknown {
  if (isField(xml)) return isField(page) ? withPlace(page, xml) : xml
  if (Array.isArray(xml)) return xml.length === 0 && fill && Array.isArray(page) ? page : xml
  if (typeof xml !== 'object' || xml === null || typeof page !== 'object' || page === null) return xml ?? page
  const [left, right] = [new Map(Object.entries(page)), new Map(Object.entries(xml))]
  const names = fill ? new Set([...right.keys(), ...left.keys()]) : right.keys()
  return Object.fromEntries(
    [...names].map((name): [string, unknown] => {
      const other: unknown = right.get(name)
      return [name, other === undefined ? left.get(name) : merge(left.get(name), other, fill)]
    }),
  )
}

function withPlace(page: AnyField, xml: AnyField): AnyField {
  return sameValue(page, xml) ? { ...xml, provenance: page.provenance } : xml
}
