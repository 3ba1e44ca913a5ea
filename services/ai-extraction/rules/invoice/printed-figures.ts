import type { Word } from '../../reading/page-words.ts'
import { boxAround, type Box } from '../../layout/boxes.ts'
import { isCurrencyCode } from './currency-codes.ts'
import { figureOf, percentOf, type DecimalMark, type Figure } from './figures.ts'

/** A number as it stands in a line; `from` and `to` are indexes of its words. */
export type PrintedFigure = Figure & {
  words: Word[]
  box: Box
  from: number
  to: number
  percent: boolean
  money: boolean
}

const currencyWord = /^(?:[A-Z]{3}|[A-Z]{1,3}\$|\p{Sc}|[円元]|[KB]D|zł|Kč|kr\.?|Fr\.|euros?)$/iu

/** Whether a word is a currency and nothing else. */
export const isCurrency = (text: string) =>
  currencyWord.test(text) && (!/^[A-Z]{3}$/i.test(text) || isCurrencyCode(text.toUpperCase()))

/**
 * The numbers of a line from left to right under one decimal mark. Groups set apart by thin blanks
 * (`1 980,00`), a sign of its own (`- 5,00`) and a mark of per cent after a blank (`19 %`) belong to the number.
 */
export function figuresIn(words: readonly Word[], mark: DecimalMark): PrintedFigure[] {
  const known = read[mark].get(words)
  if (known) return known
  const figures = figuresOfWords(words, mark)
  read[mark].set(words, figures)
  return figures
}

/** What was read of a line once stays the same figures, so that labels on both sides of one are known to mean it. */
const read = {
  ',': new WeakMap<readonly Word[], PrintedFigure[]>(),
  '.': new WeakMap<readonly Word[], PrintedFigure[]>(),
}

function figuresOfWords(words: readonly Word[], mark: DecimalMark): PrintedFigure[] {
  const figures: PrintedFigure[] = []
  for (let at = 0; at < words.length;) {
    const figure = figureAt(words, at, mark)
    if (figure) figures.push(figure)
    at = figure ? figure.to : at + 1
  }
  return figures
}

function figureAt(words: readonly Word[], at: number, mark: DecimalMark): PrintedFigure | null {
  const text = words[at]?.text ?? ''
  const percent = percentOf(text, mark)
  if (percent) return made(words, at, at + 1, percent, true)
  for (const length of [4, 3, 2]) {
    const parts = words.slice(at, at + length)
    if (parts.length < length || !isGrouped(parts, mark)) continue
    const figure = figureOf(parts.map((word) => word.text).join(' '), mark)
    if (figure) return withPercent(words, at, at + length, figure)
  }
  const sign = /^[-−–]$/.test(text) && closeBy(words[at], words[at + 1])
  const signed = sign ? figureOf(`-${words[at + 1]?.text ?? ''}`, mark) : null
  if (signed) return withPercent(words, at, at + 2, signed)
  const figure = figureOf(text.replace(/[:;*]+$/, '').replace(/^[(](?=[^)]*$)|(?<=^[^(]*)[)]$/, ''), mark)
  return figure ? withPercent(words, at, at + 1, figure) : null
}

/** Blanks between thousands are narrow, and every group but the first has three digits. */
function isGrouped(words: readonly Word[], mark: DecimalMark): boolean {
  const last = words.length - 1
  const fits = words.every(({ text }, index) => {
    if (index === 0) return /^[(€$£-]*[1-9]\d{0,2}$/.test(text)
    return (
      index < last ? /^\d{3}$/ : mark === ',' ? /^\d{3}(,\d{2})?[€)]?-?$/ : /^\d{3}(\.\d{2})?[€)]?-?$/
    ).test(text)
  })
  // Without decimals the groups have to stand closer than columns ever do.
  const decimals = /[.,]\d{2}\D*$/.test(words[last]?.text ?? '')
  const reach = decimals ? 1.1 : mark === ',' ? 0.75 : 0
  return fits && words.every((word, index) => index === 0 || closeBy(words[index - 1], word, reach))
}

function closeBy(left: Word | undefined, right: Word | undefined, reach = 1.1): boolean {
  if (!left || !right) return false
  const letter = (right.box.r - right.box.l) / Math.max(1, right.text.length)
  const gap = right.box.l - left.box.r
  return gap > -letter && gap < reach * letter
}

function withPercent(words: readonly Word[], from: number, to: number, figure: Figure): PrintedFigure {
  const percent = /^%[).,:;]*$/.test(words[to]?.text ?? '')
  return made(words, from, percent ? to + 1 : to, figure, percent)
}

function made(
  words: readonly Word[],
  from: number,
  to: number,
  figure: Figure,
  percent: boolean,
): PrintedFigure {
  const own = words.slice(from, to)
  const text = own.map((word) => word.text).join(' ')
  const beside = [words[from - 1], words[to]].some((word) => word !== undefined && isCurrency(word.text))
  const money = !percent && (figure.decimals === 2 || beside || /\p{Sc}|[円元]|[A-Z]{3}|[KB]D/u.test(text))
  return { ...figure, words: own, box: boxAround(own.map((word) => word.box)), from, to, percent, money }
}
