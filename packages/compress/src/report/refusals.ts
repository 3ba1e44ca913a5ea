import type { PageDamage } from '@pdf-smaller/judge/damage'
import { pageRanges } from './page-ranges.ts'
import type { Refusal } from './refusal.ts'
import { refusalText } from './sentences.ts'

/** Why a judge has refused pages, each reason once. */
export function refusalsOf(damages: readonly PageDamage[]): Refusal[] {
  const groups = Map.groupBy(damages, ({ code }) => code)
  return Array.from(groups, ([reason, alike]) => {
    const worst = alike.reduce((most, each) => (excessOf(each) > excessOf(most) ? each : most))
    const rounded = (value: number | undefined, key: 'measured' | 'limit') =>
      value === undefined ? {} : { [key]: Math.round(value * 10_000) / 10_000 }
    const refusal = {
      reason,
      pages: pageRanges(alike.map(({ page }) => page)),
      ...rounded(worst.measured, 'measured'),
      ...rounded(worst.limit, 'limit'),
    }
    return { ...refusal, text: refusalText(refusal) }
  })
}

const excessOf = ({ measured = 0, limit = 0 }: PageDamage) => Math.abs(measured - limit)
