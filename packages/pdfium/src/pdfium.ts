import { JobFailure } from '@pdf-smaller/contracts'
import { type EngineContext, usualDrawing } from '@pdf-smaller/engines'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import type { Drawing } from './draw.ts'
import type { Done, Order, PageSize } from './orders.ts'
import { closed, ordered } from './threads.ts'
import type { PdfWords } from './words.ts'

/**
 * A document that PDFium draws, in a thread. It is loaded once, when something of it is first asked for, and read where it
 * is. Pages count from 1.
 *
 * All throw JobFailure: engine_failed where PDFium cannot take the file or fails at it, engine_timeout, out_of_memory,
 * too_many_pixels. What PDFium needs beyond its limits ends its thread alone, and the next order goes to a new one.
 */
export type PdfiumDocument = {
  pages: () => Promise<number>
  /** @param ms processor time, if it is to be less than usual */
  draw: (page: number, how: Drawing, ms?: number) => Promise<Pixels>
  /** The text of pages, in the order of their contents. */
  texts: (pages: readonly number[]) => Promise<string[]>
  /** How large pages are as they are shown. */
  sizes: (pages: readonly number[]) => Promise<PageSize[]>
  /** The words of a page with their boxes, as PDFium puts letters together. */
  words: (page: number) => Promise<PdfWords>
  close: () => void
}

let last = 0

/** Opens a document; of encrypted ones those that anybody may read. */
export function openPdfium(file: string, context: EngineContext): PdfiumDocument {
  const named = { id: ++last, file }
  return {
    pages: async () => of('count', await done({ kind: 'count', ...named }, context)).pages,
    draw: async (page, how, ms) =>
      of('draw', await done({ kind: 'draw', page, how, ...named }, context, ms)).pixels,
    texts: async (pages) => of('text', await done({ kind: 'text', pages, ...named }, context)).texts,
    sizes: async (pages) => of('sizes', await done({ kind: 'sizes', pages, ...named }, context)).sizes,
    words: async (page) => of('words', await done({ kind: 'words', page, ...named }, context)).words,
    close: () => closed(named.id),
  }
}

async function done(
  order: Order,
  { core, signal, drawing = usualDrawing, onExit }: EngineContext,
  ms = drawing.ms,
): Promise<Done> {
  return core(async () => {
    const limits = { ...drawing, ms: Math.min(ms, drawing.ms) }
    const { done: what, wallMs, ownMs, memoryBytes } = await ordered(order, limits, signal)
    const failed = what.kind === 'failed' ? { failed: what.code } : {}
    onExit?.({ engine: 'PDFium', wallMs, processorMs: ownMs, peakBytes: memoryBytes, ...failed })
    if (what.kind === 'failed') throw new JobFailure(what.code, what.why)
    return what
  })
}

function of<Kind extends Done['kind']>(kind: Kind, what: Done): Extract<Done, { kind: Kind }> {
  const isKind = (each: Done): each is Extract<Done, { kind: Kind }> => each.kind === kind
  if (!isKind(what)) throw new Error(`a thread answered ${what.kind} to ${kind}`)
  return what
}
