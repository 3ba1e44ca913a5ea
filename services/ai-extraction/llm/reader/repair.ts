import type { Check, ExtractedDocument } from '@pdf-smaller/contracts/extraction'
import type { Disagreement } from '../questions.ts'

/** Checks that failed and say that a value is wrong. */
export const failedOf = ({ checks }: Pick<ExtractedDocument, 'checks'>): Check[] =>
  checks.filter(({ passed, severity }) => passed === false && severity === 'error')

const mostFigures = 20

/** What a model is told of an answer that does not add up. */
export function disagreementOf(answer: unknown, failed: readonly Check[]): Disagreement {
  const figures = failed.slice(0, mostFigures).map(({ title, figures, why, at }) => {
    const told = Object.entries(figures).map(([name, figure]) => `${name} ${figure}`)
    return [title, told.join(', '), why, at?.slice(0, 5).join(', ')].filter(Boolean).join('; ').slice(0, 1000)
  })
  return { answer: JSON.stringify(answer).slice(0, 100_000), figures }
}

/** The better one of two readings: that in which fewer figures disagree. */
export function better<D extends ExtractedDocument>(first: D, second: D): D {
  if (second.reconciled === true && first.reconciled !== true) return second
  const score = (document: D) => failedOf(document).length
  return score(second) < score(first) ? second : first
}
