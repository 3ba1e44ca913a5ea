import type { Asked, Origin } from '@pdf-smaller/judge'
import type { Part } from './source.ts'

/** What stands in a new document besides the pages of its parts, and whether files attached to these come along. */
export type Besides = {
  /** Pages in front of the first part. */
  front?: number
  /** Whether a page stands behind the last one of each part. */
  behind?: readonly boolean[]
  /** Entries of the outline over those of the parts. */
  entries?: number
  attachments?: boolean
}

/** What a document of some parts is to be, for the judge. */
export function askedOf(
  parts: readonly Part[],
  { front = 0, behind = [], entries = 0, attachments = true }: Besides,
): Asked {
  const own = parts.map(({ source }) => ({ document: source.original }))
  const pages: (Origin | undefined)[] = Array.from({ length: front }, () => undefined)
  for (const [index, part] of own.entries()) {
    for (const page of parts[index]?.pages ?? []) pages.push({ part, page })
    if (behind[index]) pages.push(undefined)
  }
  return { parts: own, pages, attachments, belongings: true, addedEntries: entries }
}
