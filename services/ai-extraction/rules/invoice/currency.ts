import { currencyOf } from '@pdf-smaller/extraction'
import type { Layout } from '../../layout/layout.ts'
import { isCurrencyCode } from './currency-codes.ts'
import { bestOf, type Found, type Head } from './header.ts'

/** The currency of the amounts: what a label says, else the sign or code that stands at most of them. */
export function currencyIn(layout: Layout, head: Head): Found | null {
  const labelled = bestOf(head, 'currency', (words) => {
    const word = words.slice(0, 4).find(({ text }) => known(text) !== null)
    return word ? { value: known(word.text) ?? '', words: [word], valid: null } : null
  })
  if (labelled) return labelled
  const counts = new Map<string, Found & { count: number }>()
  layout.lines.forEach((line, index) => {
    for (const word of line.words) {
      const value = known(word.text) ?? atNumber(word.text)
      if (value === null) continue
      const before = counts.get(value)
      if (before) before.count++
      else
        counts.set(value, {
          value,
          words: [word],
          valid: null,
          page: line.page,
          line: index,
          score: 0.7,
          label: '',
          count: 1,
        })
    }
  })
  const [first, second] = [...counts.values()].toSorted((a, b) => b.count - a.count)
  if (!first) return null
  const value = yenOrYuan(layout, first.value)
  return { ...first, value, score: second && second.count * 2 > first.count ? 0.6 : 0.85 }
}

/** What signs of several currencies mean unless a code says otherwise. */
const usual: Record<string, string> = { $: 'USD', '¥': 'JPY', '￥': 'JPY' }

/** `EUR`, `(€)`, `円`. */
function known(text: string): string | null {
  const bare = text.replaceAll(/[()[\],:;]/g, '')
  if (
    !/^(?:[A-Z]{3}|\p{Sc}|[円元]|[KB]D|[A-Z]{1,3}\$|zł|Kč|S?Fr\.|Euros?)$/iu.test(bare) ||
    (/^[A-Z]{2,3}$/i.test(bare) && bare !== bare.toUpperCase())
  )
    return null
  if (/^[A-Z]{3}$/.test(bare) && !isCurrencyCode(bare)) return null
  const currency = currencyOf(bare)
  return currency === 'ambiguous' ? (usual[bare] ?? null) : (currency ?? null)
}

/** The sign at a number in one word: `$42.00`, `19,00€`. */
function atNumber(text: string): string | null {
  const match = /^[-(]?(\p{Sc}|US\$|CHF|EUR|USD|GBP)[-\s]?\d|\d(\p{Sc}|[円元]|EUR|CHF|USD|GBP)[-)]?$/u.exec(
    text,
  )
  const code = /^[-(]?([A-Z]{3})?\d[\d.,']*[.,]\d{2,3}([A-Z]{3})?[-)]?$/.exec(text)
  const sign = match?.[1] ?? match?.[2] ?? code?.[1] ?? code?.[2]
  return known(sign ?? /[€£]/.exec(text)?.[0] ?? '')
}

/** The currency that stands on most lines, by what is printed alone. */
export function mainCurrency(layout: Layout): string | null {
  const found = commonest(currenciesOn(layout))
  return found === null ? null : yenOrYuan(layout, found)
}

/** One sign stands for both; the yen has no decimals. */
function yenOrYuan(layout: Layout, found: string): string {
  if (found !== 'JPY') return found
  const onLines = layout.lines.filter(({ text }) => /[¥￥]/.test(text))
  const saysYen = layout.lines.some(({ text }) => /\bJPY\b|円/.test(text))
  return !saysYen && onLines.some(({ text }) => /\d[.,]\d{2}(?!\d)/.test(text)) ? 'CNY' : found
}

const currenciesOn = (layout: Layout) =>
  layout.lines.map(({ words }) => new Set(words.flatMap(({ text }) => known(text) ?? atNumber(text) ?? [])))

function commonest(on: readonly ReadonlySet<string>[]): string | null {
  const counts = Map.groupBy(
    on.flatMap((all) => [...all]),
    (currency) => currency,
  )
  return [...counts.entries()].toSorted((a, b) => b[1].length - a[1].length)[0]?.[0] ?? null
}

/** Tells the lines whose amounts are in another currency than most of the document. */
export function foreignLines(layout: Layout): (line: number) => boolean {
  const on = currenciesOn(layout)
  const main = commonest(on)
  return (line) => main !== null && (on[line]?.size ?? 0) > 0 && !on[line]?.has(main)
}
