import type { InspectedPdf } from '@pdf-smaller/pdf'
import { hasText } from '@pdf-smaller/recognition'
import { type Drawn, textReader } from './page-texts.ts'
import { layerRemover } from './remove-layer.ts'

/** Bytes of strings: a stamp, a header and a page number do not make a scan a page with text of its own. */
const mostVisible = 120

/** An earlier recognition's text on a page that can be taken away. */
export type OldLayer = { remove: () => Promise<void> }

/** What earlier text recognitions left on pages. */
export type OldLayers = {
  removable: ReadonlyMap<number, OldLayer>
  /** Pages whose layer has to stay, and why. */
  kept: { page: number; why: string }[]
}

/** What became of reading a page. */
type Outcome = { kind: 'read' | 'failed'; page: number }

/**
 * Looks for pages that an earlier text recognition left unseen text on, in their contents and in forms.
 * @param texts what each page of the document says
 */
export async function oldLayers(
  { copy, pageReferences }: InspectedPdf,
  pages: readonly number[],
  texts: readonly string[],
  signal: AbortSignal,
): Promise<OldLayers> {
  const read = textReader(copy)
  const remove = layerRemover(copy)
  const removable = new Map<number, OldLayer>()
  const kept: OldLayers['kept'] = []
  for (const page of pages) {
    signal.throwIfAborted()
    const reference = pageReferences[page - 1] ?? ''
    const drawn = await read(reference)
    const why = whyKept(drawn, hasText(texts[page - 1] ?? ''))
    if (why) kept.push({ page, why })
    else if (drawn?.some(({ text }) => text.invisible > 0))
      removable.set(page, { remove: async () => remove((await read(reference)) ?? []) })
  }
  return { removable, kept }
}

/** Why the unseen text of a page has to stay; undefined where there is none, or where it can be taken away. */
function whyKept(drawn: readonly Drawn[] | undefined, hasAny: boolean): string | undefined {
  if (!drawn) return hasAny ? 'its contents cannot be unpacked' : undefined
  const sum = (of: (each: Drawn) => number) => drawn.reduce((total, each) => total + of(each), 0)
  if (hasAny && drawn.some(({ text }) => !text.isWhole)) return 'its contents can be read in part only'
  if (sum(({ text }) => text.invisible) === 0) return undefined
  if (sum(({ text }) => text.visible) > mostVisible) return 'text that is seen stands beside it'
  if (sum(({ text }) => text.bound) > 0) return 'text that is seen goes on from it'
  return isDrawnBothWays(drawn) ? 'a form with it is drawn with text that is seen, too' : undefined
}

/** A form may leave it to what draws it whether its text is seen. */
function isDrawnBothWays(drawn: readonly Drawn[]): boolean {
  const unseen = new Map<string, number>()
  return drawn.some(({ reference, text }) => {
    const other = unseen.get(reference)
    unseen.set(reference, text.invisible)
    return other !== undefined && other !== text.invisible
  })
}

/** What came of old layers: on a page that could not be read anew the text stays. */
export function replacedLayers({ removable, kept }: OldLayers, read: readonly Outcome[]) {
  const done = new Set(read.flatMap(({ kind, page }) => (kind === 'read' ? [page] : [])))
  const unread = [...removable.keys()].filter((page) => !done.has(page))
  const all = [...kept, ...unread.map((page) => ({ page, why: 'the page could not be read anew' }))]
  return {
    replaced: removable.size - unread.length,
    kept: all.sort((one, other) => one.page - other.page).slice(0, 1000),
  }
}
