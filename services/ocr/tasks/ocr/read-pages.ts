import path from 'node:path'
import { aheadInOrder, type OcrEngine } from '@pdf-smaller/engines'
import type { InspectedPdf } from '@pdf-smaller/pdf'
import type { Resolutions, Turn } from '@pdf-smaller/recognition'
import { type FailedPage, type FinishedPage, readFinished, writeFinished } from './finished-page.ts'
import type { OcrContext } from './options.ts'
import type { PagesToRead } from './pages-to-read.ts'
import { recognisePage } from './recognise-page.ts'

/** What stays in memory of a page that was read; its text and layer are in a file. */
export type ReadPage =
  | {
      kind: 'read'
      page: number
      turn: Turn
      skew: number
      confidence: number | undefined
      unread: number
      file: string
    }
  | FailedPage

type How = Pick<PagesToRead, 'layers' | 'typed'> & { engine: OcrEngine; toRead: Resolutions['toRead'] }

/** Reads pages, as many at a time as there are cores; those that an earlier attempt has read need not be read again. */
export async function readPages(
  document: InspectedPdf,
  pages: readonly number[],
  { engine: reader, toRead, layers, typed }: How,
  { options, engine, workspace, progress, signal, parts }: OcrContext,
): Promise<ReadPage[]> {
  const read: ReadPage[] = []
  const work = async (page: number): Promise<ReadPage[]> => {
    const file = path.join(workspace, `finished-${page}.json`)
    const part = `page-${page}.json`
    if (await parts.restore(part, file)) return [inShort(await readFinished(file), file)]
    const how = {
      engine: reader,
      ...toRead(page),
      typed: typed.get(page),
      hasOldLayer: layers.has(page),
    }
    const finished = await recognisePage(document.path, page, how, options, engine)
    if (finished.kind === 'failed') return [finished]
    await writeFinished(file, finished)
    await parts.keep(part, file)
    return [inShort(finished, file)]
  }
  // One page is drawn while the others are read.
  for await (const each of aheadInOrder(pages, engine.cores + 2, work)) {
    signal.throwIfAborted()
    read.push(each)
    progress('recognition', read.length, pages.length, `page ${each.page}`)
  }
  return read
}

function inShort(finished: FinishedPage, file: string): ReadPage {
  const { kind, page, turn, skew, confidence, unread } = finished
  return { kind, page, turn, skew, confidence, unread, file }
}
