import { z } from 'zod'

/** How surely the pages of a document were read. */
export const ReadingSummary = z.object({
  /** Pages that were read from their image. */
  pages: z.int(),
  /** Of all those pages with text, from 0 to 100; absent without any. */
  confidence: z.number().optional(),
  /** Pages read with less confidence than asked for. */
  lowConfidence: z.array(z.object({ page: z.int(), confidence: z.number() })),
  /** Pages on which nothing was found. */
  blank: z.array(z.int()),
  /** Pages with print that no word was read in, also when it was looked at again, and how much of their print that is, in per cent. */
  unread: z.array(z.object({ page: z.int(), percent: z.number() })),
  /** Pages that could not be read, and why. */
  failed: z.array(z.object({ page: z.int(), why: z.string() })),
})
export type ReadingSummary = z.infer<typeof ReadingSummary>

export type PageOutcome =
  | { kind: 'read'; page: number; confidence: number | undefined; unread: number }
  | { kind: 'failed'; page: number; why: string }

/** Of less of its print, from 0 to 1, a page is not told: a few letters that stand in a drawing. */
const leastUnread = 0.005

export function summaryOf(outcomes: readonly PageOutcome[], threshold: number): ReadingSummary {
  const read = outcomes.flatMap((each) => (each.kind === 'read' ? [each] : []))
  const sure = read.flatMap(({ page, confidence }) =>
    confidence === undefined ? [] : [{ page, confidence }],
  )
  const mean = sure.reduce((sum, { confidence }) => sum + confidence, 0) / sure.length
  return {
    pages: read.length,
    ...(sure.length > 0 ? { confidence: Math.round(mean * 10) / 10 } : {}),
    lowConfidence: sure.filter(({ confidence }) => confidence < threshold),
    blank: read.flatMap(({ page, confidence }) => (confidence === undefined ? [page] : [])),
    unread: read.flatMap(({ page, unread }) =>
      unread < leastUnread ? [] : [{ page, percent: Math.round(unread * 1000) / 10 }],
    ),
    failed: outcomes.flatMap((each) => (each.kind === 'failed' ? [{ page: each.page, why: each.why }] : [])),
  }
}
