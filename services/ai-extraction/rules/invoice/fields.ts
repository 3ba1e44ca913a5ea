import type {
  DayField,
  DecimalField,
  Grade,
  MoneyField,
  PriceField,
  TextField,
} from '@pdf-smaller/contracts/extraction'
import type { Layout } from '../../layout/layout.ts'
import { placesOn } from '../../layout/place.ts'
import type { Word } from '../../reading/page-words.ts'
import { exact, exponentOf, money, moneyOf, plain as shortest } from '@pdf-smaller/extraction'
import type { Figure } from './figures.ts'
import type { Found } from './header.ts'

/** What speaks for a value, each from 0 to 1 or absent: its label and place, its check digits, sums that it is part of. */
export type Grounds = { label: number; checksum?: boolean | null; sums?: boolean }

/** Makes fields out of what was found on the pages of a document. */
export type FieldMaker = ReturnType<typeof fieldMaker>

/** `currency` is that of the document, an ISO 4217 code or null. */
export function fieldMaker(layout: Layout, currency: string | null) {
  const placeOf = placesOn(layout.pages)
  const evidence = (words: readonly Word[], page: number, grounds: Grounds) => {
    const confidence = confidenceOf(words, grounds)
    return {
      raw: words.length > 0 ? words.map((word) => word.text).join(' ') : null,
      confidence,
      grade: gradeOf(confidence, grounds),
      source:
        words.length === 0
          ? ('derived' as const)
          : words.some((word) => word.source === 'ocr')
            ? ('ocr' as const)
            : ('text' as const),
      grounded: words.length > 0,
      provenance: words.length === 0 ? [] : [placeOf(page, words)],
      checks: [],
    }
  }
  return {
    text: (value: string, words: readonly Word[], page: number, grounds: Grounds): TextField => ({
      value,
      ...evidence(words, page, grounds),
    }),
    found: (found: Found): TextField => ({
      value: found.value,
      ...bareRaw(evidence(found.words, found.page, { label: found.score, checksum: found.valid })),
    }),
    day: (found: Found): DayField => ({
      value: found.value,
      ...evidence(found.words, found.page, { label: found.score }),
    }),
    money: (figure: Figure & { words?: Word[] }, page: number, grounds: Grounds): MoneyField | undefined => {
      const value = moneyOf(figure.text, currency)
      return value && { value, ...evidence(figure.words ?? [], page, grounds) }
    },
    derived: (units: bigint, grounds: Grounds): MoneyField => {
      const decimals = exponentOf(currency)
      return { value: money(units / 10n ** BigInt(6 - decimals), currency), ...evidence([], 1, grounds) }
    },
    decimal: (figure: Figure & { words: Word[] }, page: number, grounds: Grounds): DecimalField => ({
      value: figure.text,
      ...evidence(figure.words, page, grounds),
    }),
    price: (figure: Figure & { words: Word[] }, page: number, grounds: Grounds): PriceField => ({
      value: { amount: figure.text, currency },
      ...evidence(figure.words, page, grounds),
    }),
  }
}

/** A mark that parts a value from what follows is not printed as a part of it. */
const bareRaw = <E extends { raw: string | null }>(evidence: E): E => ({
  ...evidence,
  raw: evidence.raw?.replace(/[,;]$/, '') ?? null,
})

/** Label and place weigh half, sums and check digits the rest; no value is surer than its words were read. */
function confidenceOf(words: readonly Word[], { label, checksum, sums }: Grounds): number {
  const borne = (sums === true ? 0.35 : 0) + (checksum === true ? 0.3 : checksum === false ? -0.25 : 0)
  const reader = Math.min(1, ...words.map((word) => word.confidence))
  const sure = Math.max(
    0,
    Math.min(1, 0.2 + 0.5 * label + borne + (sums === undefined && checksum === undefined ? 0.1 : 0)),
  )
  return Math.round(sure * reader * 1000) / 1000
}

function gradeOf(confidence: number, { checksum, sums }: Grounds): Grade {
  if (confidence >= 0.85 && (checksum === true || sums === true)) return 'certain'
  return confidence >= 0.7 ? 'high' : confidence >= 0.45 ? 'medium' : 'low'
}

/** A decimal without the zeros at its end. */
export const plainDecimal = (text: string) => (exact(text).scale > 0 ? shortest(text) : text)
