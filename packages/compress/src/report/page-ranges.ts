import { z } from 'zod'

/** Pages, from 1, as ranges. */
export const PageRanges = z.object({
  ranges: z.array(z.object({ first: z.int(), last: z.int() })),
  more: z.int().describe('how many pages there are beyond these ranges'),
})
export type PageRanges = z.infer<typeof PageRanges>

/** So many ranges are told. */
const mostRanges = 8

/** Pages in any order as the ranges that they make. */
export function pageRanges(pages: Iterable<number>): PageRanges {
  const ranges: PageRanges['ranges'] = []
  let more = 0
  for (const page of [...new Set(pages)].sort((one, other) => one - other)) {
    const last = ranges.at(-1)
    if (last && more === 0 && last.last === page - 1) last.last = page
    else if (ranges.length < mostRanges) ranges.push({ first: page, last: page })
    else more++
  }
  return { ranges, more }
}
