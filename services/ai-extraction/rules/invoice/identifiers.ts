import { findIbans, isBic, vatIdOf } from '@pdf-smaller/extraction'
import type { Word } from '../../reading/page-words.ts'
import { plain } from '../../layout/plain-text.ts'
import { beginsWithDate } from './dates.ts'

/** A value with the words that say it; `valid` where it has check digits and they are right or wrong. */
export type Read = { value: string; words: Word[]; valid: boolean | null }

const skipped = /^(nr|no|number|nummer|numero|n|num|id|ref|n°|nº|von|of|de|del)$/

/**
 * The number of a document at the beginning of a text: one word with a digit, a short prefix before it
 * (`RE 2024-17`), or groups of digits up to the end. Dates, amounts of money and placeholders are none.
 */
export function numberIn(words: readonly Word[]): Read | null {
  let at = 0
  while (
    at < words.length &&
    at < 3 &&
    (skipped.test(plain(words[at]?.text ?? '')) ||
      /^[(:#.\-–]?[^\p{L}\d]*$|^\(\d{3}\)$/u.test(words[at]?.text ?? ''))
  )
    at++
  const first = words[at]
  if (!first || beginsWithDate(words.slice(at))) return null
  const count = lengthOfNumber(words.slice(at))
  if (count === 0) return null
  const own = words.slice(at, at + count)
  const value = own
    .map((word) => word.text)
    .join('')
    .replace(/^[:#(]+/, '')
    .replace(/[.,;:)]+$/, '')
    .replaceAll(/[‐‑‒–]/g, '-')
  const isMoney = /[€$£%]/.test(value) || /^\d{1,3}(?:[.,]\d{3})*[.,]\d{2}$/.test(value)
  if (isMoney || value.length > 40 || /@|www|https?:/i.test(value) || !/\d/.test(value)) return null
  return { value, words: own, valid: null }
}

/** Whether a word lies over the one before it, as where somebody put another number on one. */
const isOver = (before: Word | undefined, { box }: Word) =>
  before !== undefined && before.box.r - box.l > 0.5 * (box.r - box.l)

function lengthOfNumber(words: readonly Word[]): number {
  const text = (index: number) => words[index]?.text.replace(/[.,;:]+$/, '') ?? ''
  if (/\d/.test(text(0))) {
    const ends = /[,;:]$/.test(words[0]?.text ?? '')
    const groups = words.findIndex((word, at) => !/^[\d/-]+$/.test(word.text) || isOver(words[at - 1], word))
    const whole = groups < 0 && words.length <= 4 && !ends
    return whole ? words.length : 1
  }
  const isPrefix = /^[A-Z]{1,6}[-/]?$/.test(text(0)) || /^\p{Lu}[\p{L}]{0,3}[-/]$/u.test(text(0))
  if (!isPrefix) return 0
  if (/^[-–/]$/.test(text(1)) && /\d/.test(text(2))) return 3
  return /^[\d/-]*\d[\w/-]*$/.test(text(1)) ? 2 : 0
}

/** An IBAN at the beginning of a text, also one that no country has: what is printed after the label is told. */
export function ibanIn(words: readonly Word[]): Read | null {
  const text = words
    .slice(0, 12)
    .map((word) => word.text)
    .join(' ')
  const [found] = findIbans(text)
  if (found && found.start < 8)
    return { value: found.iban, words: wordsOf(words, found.start, found.end), valid: found.valid }
  const groups = words.findIndex(
    (word, index) =>
      !/^[A-Z0-9]{1,34}[,;.]?$/.test(word.text) || (index > 0 && /^[A-Z]{3,}$/.test(word.text)),
  )
  const own = words.slice(0, groups < 0 ? Math.min(words.length, 9) : groups)
  const value = own
    .map((word) => word.text)
    .join('')
    .replace(/[,;.]$/, '')
  return /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(value) ? { value, words: own, valid: false } : null
}

/** A BIC at the beginning of a text. */
export function bicIn(words: readonly Word[]): Read | null {
  const value = words[0]?.text.replace(/[,;.]$/, '') ?? ''
  return /^[A-Z0-9]{8}([A-Z0-9]{3})?$/.test(value) && (isBic(value) || /^[A-Z]{6}/.test(value))
    ? { value, words: words.slice(0, 1), valid: null }
    : null
}

/**
 * A VAT id at the beginning of a text, blanks and dots in it taken out. One without its country's shape is
 * told as printed where it has enough digits, as the label says that it is one.
 */
export function vatIdIn(words: readonly Word[], isLabelled: boolean): Read | null {
  const own = words.slice(0, 7)
  for (let length = Math.min(5, own.length); length > 0; length--) {
    const parts = own.slice(0, length)
    const text = parts.map((word) => word.text.replace(/^[(:]|[),;.]+$/g, '')).join('')
    const id =
      vatIdOf(text) ?? (parts.some((word) => word.source === 'ocr') ? vatIdOf(withDigits(text)) : undefined)
    if (id) return { value: id.id, words: parts, valid: id.valid }
  }
  if (!isLabelled) return null
  const end = own.findIndex(
    (word, index) =>
      !/^[A-Z0-9.-]{1,15}[,;)]?$/.test(word.text) ||
      (index > 0 && !/\d/.test(word.text)) ||
      (index > 0 && /[,;)]$/.test(own[index - 1]?.text ?? '')),
  )
  const parts = own.slice(0, end < 0 ? own.length : end)
  for (const some of [parts, parts.slice(0, 1)]) {
    const value = some
      .map((word) => word.text)
      .join('')
      .replaceAll(/[\s.\-,;)]/g, '')
    const digits = value.replaceAll(/\D/g, '').length
    const isEin = /^\d{2}-\d{7}$/.test(some.map((word) => word.text).join(''))
    if (!isEin && /^[A-Z]{0,3}[A-Z0-9]{7,13}$/.test(value) && digits >= 7)
      return { value, words: some, valid: false }
  }
  return null
}

/** Letters that recognition takes for digits, behind the country's two. */
function withDigits(text: string): string {
  return (
    text.slice(0, 2) +
    text
      .slice(2)
      .replaceAll(/[OQ]/g, '0')
      .replaceAll(/[IlL|]/g, '1')
      .replaceAll('S', '5')
  )
}

/** The words that cover a range of characters of their text joined with blanks. */
function wordsOf(words: readonly Word[], start: number, end: number): Word[] {
  let at = 0
  return words.filter((word) => {
    const from = at
    at += word.text.length + 1
    return from < end && from + word.text.length > start
  })
}
