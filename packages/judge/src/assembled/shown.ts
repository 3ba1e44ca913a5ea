import type { Asked, SourcePart } from './asked.ts'

/** What of the parts came along. */
export type Shown = {
  /** Whether a page of a part, from 1, did. */
  page: (part: SourcePart, page: number) => boolean
  /** Whether what stands on any of the pages stands at another place. */
  isAnyMoved: boolean
}

export function shownBy({ pages }: Asked): Shown {
  const shown = new Map<SourcePart, Set<number>>()
  let isAnyMoved = false
  for (const origin of pages) {
    if (!origin) continue
    const own = shown.get(origin.part) ?? new Set()
    shown.set(origin.part, own.add(origin.page))
    isAnyMoved ||= origin.change?.isRedrawn === true
  }
  return { page: (part, page) => shown.get(part)?.has(page) === true, isAnyMoved }
}
