import type { Tax } from '@pdf-smaller/contracts/extraction'
import { plain } from '../values/exact.ts'

export type Rated = { vatRate?: Tax['rate']; vatCategory?: Tax['category'] }

/** The rate of a line, allowance or charge; a category without VAT has none. */
export function rateOf({ vatRate, vatCategory }: Rated): string | undefined {
  return vatRate?.value ?? (vatCategory?.value === 'O' ? '0' : undefined)
}

/** Whether VAT of a rate is taken of a row. */
export function sameRate(row: Rated, tax: Tax): boolean {
  const category = row.vatCategory?.value
  if (category !== undefined && tax.category !== undefined && category !== tax.category.value) return false
  return plain(rateOf(row) ?? '0') === plain(tax.rate?.value ?? '0')
}
