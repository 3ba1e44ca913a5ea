import type { MoneyField, Totals as TotalsFields } from '@pdf-smaller/contracts/extraction'
import { absolute } from './figures.ts'
import { defined } from './compose-lines.ts'
import type { FieldMaker } from './fields.ts'
import type { Sum, Totals } from './sums.ts'

/** The sums as fields. What is not printed but follows from other sums is told as derived. */
export function totalsFields(totals: Totals | null, make: FieldMaker): TotalsFields {
  if (!totals) return {}
  const grounds = (label: number) => (totals.checked > 0 ? { label, sums: true } : { label })
  const signed = (sum: Sum | undefined): MoneyField | undefined => {
    if (!sum) return undefined
    const { candidate } = sum
    return candidate
      ? make.money(candidate.figure, candidate.page, grounds(candidate.strength))
      : make.derived(sum.units, grounds(0.6))
  }
  /** What is taken off is printed with either sign; its own sign is that of the sums. */
  const sized = (sum: Sum | undefined): MoneyField | undefined => {
    const figure = sum?.candidate?.figure
    if (!sum || !sum.candidate || !figure) return sum && make.derived(sum.units, grounds(0.6))
    const text = `${sum.units < 0n ? '-' : ''}${figure.text.replace(/^-/, '')}`
    return make.money({ ...figure, text }, sum.candidate.page, grounds(sum.candidate.strength))
  }
  const gross = totals.gross?.candidate ? totals.gross : sameAs(totals.gross, totals.due)
  return defined({
    // A sum of lines with tax in them is none of EN 16931.
    lineSum: totals.includeTax === true ? undefined : signed(totals.lineSum),
    allowances: sized(totals.allowance),
    charges: sized(totals.charge),
    net: signed(totals.net),
    tax: signed(totals.tax),
    gross: signed(gross),
    paid: sized(totals.paid),
    rounding: signed(totals.rounding),
    due: signed(totals.due),
    withheld: totals.withheld && sized({ ...totals.withheld, units: absolute(totals.withheld.units) }),
    previousBalance: signed(totals.previousBalance),
  })
}

/** Where only the amount due is printed, it is the total too. */
function sameAs(sum: Sum | undefined, other: Sum | undefined): Sum | undefined {
  return sum && other?.candidate && other.units === sum.units ? other : sum
}
