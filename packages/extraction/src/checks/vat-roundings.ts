import type { Invoice, Tax } from '@pdf-smaller/contracts/extraction'
import { exact, quotient, quotientToEven } from '../values/exact.ts'
import type { Amounts } from './invoice-amounts.ts'
import { stated } from './checked.ts'
import { sameRate } from './same-rate.ts'

/**
 * All that VAT of a rate may come to, in minor units: taken of its base or line by line, rounded half up or half to
 * even, and out of amounts with VAT where lines are printed so.
 */
export function vatRoundings(invoice: Invoice, tax: Tax, base: bigint, rate: string): bigint[] {
  const { units, scale } = exact(rate)
  const hundred = 100n * 10n ** BigInt(scale)
  const own = invoice.lines.filter((line) => sameRate(line, tax) || line.vatRate === undefined)
  const nets = own.flatMap(({ netAmount }) => stated(netAmount) ?? [])
  const gross = own.flatMap(({ grossAmount }) => stated(grossAmount) ?? [])
  const amount = stated(tax.amount) ?? 0n
  const isAll = (amounts: readonly bigint[], whole: bigint) =>
    amounts.length > 0 && amounts.length === own.length && sumOf(amounts) === whole
  return [quotient, quotientToEven].flatMap((divide) => {
    const of = (net: bigint) => divide(net * units, hundred)
    const outOf = (full: bigint) => divide(full * units, hundred + units)
    return [
      of(base),
      ...(isAll(nets, base) ? [sumOf(nets.map(of))] : []),
      ...(gross.length > 0 ? [outOf(base + amount)] : []),
      ...(isAll(gross, base + amount) ? [sumOf(gross.map(outOf))] : []),
    ]
  })
}

/**
 * What VAT may leave of the gross total where the net total is not printed and was not rounded before VAT was added: the
 * gross total is then that of some net total that rounds to `net`.
 */
export function netsRoundedLate(
  invoice: Invoice,
  { gross, tax, net: printed }: Amounts,
  net: bigint,
): bigint[] {
  const [own, ...more] = invoice.taxes
  if (printed !== undefined || gross === undefined || tax === undefined || !own?.rate || more.length > 0)
    return []
  const { units, scale } = exact(own.rate.value)
  const hundred = 100n * 10n ** BigInt(scale)
  const [least, most] = [2n * net - 1n, 2n * net + 1n].map((twice) =>
    quotient(twice * (hundred + units), 2n * hundred),
  ) as [bigint, bigint]
  return gross >= least && gross <= most ? [gross - tax] : []
}

const sumOf = (amounts: readonly bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n)
