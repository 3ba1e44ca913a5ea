import type { PlacedImage } from '@pdf-smaller/engines'
import type { InspectedPdf } from '@pdf-smaller/pdf'
import { pagesOf } from '@pdf-smaller/pdf/page-ranges'
import { hasText, stampedScans, type TypedText, typedTexts } from '@pdf-smaller/recognition'
import { type OldLayer, type OldLayers, oldLayers } from './old-layer.ts'
import type { OcrContext } from './options.ts'

/** Which pages are read, in their order, what an earlier recognition left on them, and what is typed on scans. */
export type PagesToRead = {
  pages: number[]
  /** What was found of earlier recognitions, where these are to be replaced. */
  old: OldLayers | undefined
  /** What of that is taken away. */
  layers: ReadonlyMap<number, OldLayer>
  typed: ReadonlyMap<number, TypedText>
}

/** Decides which of the pages that are asked for are read: those without text of their own, or all. */
export async function pagesToRead(
  document: InspectedPdf,
  { texts, images }: { texts: readonly string[]; images: readonly PlacedImage[] },
  { options, engine, signal }: OcrContext,
): Promise<PagesToRead> {
  const wanted = pagesOf(options.pages, document.pages).sort((one, other) => one - other)
  if (options.mode === 'force') return { pages: wanted, old: undefined, layers: new Map(), typed: new Map() }
  const old = options.mode === 'redo' ? await oldLayers(document, wanted, texts, signal) : undefined
  const layers = old?.removable ?? new Map<number, OldLayer>()
  const typed = await typedTexts(document, wanted, { texts, layers }, engine)
  const stamped = stampedScans(document, typed, images)
  const isRead = (page: number) => !hasText(texts[page - 1] ?? '') || layers.has(page) || stamped.has(page)
  return { pages: wanted.filter(isRead), old, layers, typed }
}
