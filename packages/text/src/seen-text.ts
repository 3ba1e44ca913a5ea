import type { TextRun } from './text-runs.ts'
import { columnar } from './vertical-columns.ts'

/** Of a page that has less of its text seen, the rest is what was recognised on its image. */
const leastSeen = 0.1

/** Whether nearly all text of a page is the invisible layer of a scan. */
export function isInvisible(text: string, runs: readonly TextRun[]): boolean {
  const letters = lettersIn(text)
  return letters > 0 && lettersOf(runs) < letters * leastSeen
}

/** Whether most of the text that could be is written from the top to the bottom. */
export function isVertical(runs: readonly TextRun[]): boolean {
  const possible = runs.filter(({ parts }) =>
    parts.some(({ text }) => text.length > 1 && columnar.test(text)),
  )
  const columns = possible.filter(({ box: [left, , right] }) => left === right)
  return lettersOf(columns) * 2 > lettersOf(possible)
}

const lettersIn = (text: string) => text.replaceAll(/\s/g, '').length
const lettersOf = (runs: readonly TextRun[]) =>
  runs.reduce((sum, { parts }) => sum + parts.reduce((letters, { text }) => letters + lettersIn(text), 0), 0)
