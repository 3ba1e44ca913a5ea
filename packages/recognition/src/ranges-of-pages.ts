import type { PageRange } from '@pdf-smaller/engines'

/** Pages in rising order as ranges of pages that follow each other. */
export function rangesOf(pages: readonly number[], most: number): PageRange[] {
  const ranges: PageRange[] = []
  for (const page of pages) {
    const last = ranges.at(-1)
    if (last?.last === page - 1 && page - last.first < most) last.last = page
    else ranges.push({ first: page, last: page })
  }
  return ranges
}
