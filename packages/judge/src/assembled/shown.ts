import type { Asked, SourcePart } from './asked.ts'

/** Whether a page of a part, from 1, came along. */
export type Shown = (part: SourcePart, page: number) => boolean

export function shownBy({ pages }: Asked): Shown {
  const shown = new Map<SourcePart, Set<number>>()
  for (const origin of pages) {
    if (!origin) continue
    const own = shown.get(origin.part) ?? new Set()
    shown.set(origin.part, own.add(origin.page))
  }
  return (part, page) => shown.get(part)?.has(page) === true
}
