import type { Word } from '../reading/page-words.ts'

const amount = String.raw`[-+−]?(?:\d{1,3}(?:[.,'’]\d{3})+|\d+)[.,]\d{2}`
const amounts = new RegExp(`^(?:${amount}){2,}$`)
const oneAmount = new RegExp(amount, 'g')
const day = String.raw`\d{2}[./-]\d{2}(?:[./-](?:(?:19|20)\d{2}|\d{2}(?!\d))|\.(?!\d{4}))`
const days = new RegExp(`^(${day})(${day})(.*)$`)
/** The end of a date whose month is a word. */
const yearThenText = /^((?:19|20)\d{2})(\p{L}{2}.*)$/u
/** Dots that lead from a label to its value. */
const leaders = /^(.*[^.…·])?([.…·]{3,})([^.…·].*)?$/
const isoDay = String.raw`\d{4}[-‐‑]\d{2}[-‐‑]\d{2}`
const dayThenText = new RegExp(String.raw`^(${day}|${isoDay})(\p{L}{2}.*)$`, 'u')

/**
 * Producers that place glyphs one by one leave no blank between columns, so that two cells come
 * as one word (`130000.00130000.00`). Each part gets the share of the box that its characters
 * take; digits are equally wide in nearly every font.
 */
export function unglued(word: Word): Word[] {
  const parts = partsOf(word.text)
  if (parts.length < 2) return [word]
  const step = (word.box.r - word.box.l) / word.text.length
  let at = 0
  return parts.map((text) => {
    const l = word.box.l + at * step
    at += text.length
    return { ...word, text, box: { ...word.box, l, r: word.box.l + at * step } }
  })
}

function partsOf(text: string): string[] {
  // Tabs and blanks inside a word come from text that was placed with them.
  if (/\s/.test(text.trim())) return text.split(/\s+/, 60).filter((part) => part !== '')
  // Longer words are no cells, and a bound keeps hostile ones cheap.
  if (text.length > 200) return [text]
  if (amounts.test(text)) return text.match(oneAmount) ?? [text]
  const led = leaders.exec(text)
  if (led) return whatIsThere(led)
  const two = days.exec(text)
  if (two) return whatIsThere(two)
  const [, first, rest] = dayThenText.exec(text) ?? yearThenText.exec(text) ?? []
  return first !== undefined && rest !== undefined ? [first, rest] : [text]
}

const whatIsThere = (match: RegExpExecArray) => match.slice(1).flatMap((part) => (part ? [part] : []))
