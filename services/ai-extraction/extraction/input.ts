import { JobFailure } from '@pdf-smaller/contracts'
import { inspect, type InspectedPdf } from '@pdf-smaller/pdf'
import { pagesOf } from '@pdf-smaller/pdf/page-ranges'
import type { InputFile, TaskContext } from '@pdf-smaller/task'
import { type AttachedXml, attachedXml, type LeftOut } from '../reading/attached-xml.ts'
import type { PageWords } from '../reading/page-words.ts'
import { readWords } from '../reading/read-words.ts'
import { isHardlyRead, notesOf } from './hardly-read.ts'
import type { CommonOptions } from './options.ts'

/** The words of pages, and what is attached to them. */
export type PdfSource = {
  document: InspectedPdf
  pages: PageWords[]
  /** Pages that are seen as images, whatever their words were taken from. */
  scans: ReadonlySet<number>
  /** Those of which little or nothing could be read. */
  hardlyRead: ReadonlySet<number>
  attached: AttachedXml[]
  leftOut: LeftOut[]
  notes: string[]
}

export type ExtractionContext = TaskContext<CommonOptions>

/** Words are kept of all pages at once: of more pages they would fill the memory. */
const mostPages = 1000

/**
 * Reads the words of a PDF.
 * @param mostForModel pages that a model which is to read them is asked about
 * @throws JobFailure encrypted_pdf, damaged_pdf, too_many_pages, no_such_page, unknown_language, and of the engines
 */
export async function readSource(
  input: InputFile,
  context: ExtractionContext,
  mostForModel: number | undefined,
): Promise<PdfSource> {
  const { options, engine, progress, signal } = context
  progress('document_analysis', 0, 1, 'reading the file')
  const document = await inspect(input.path, engine, { signed: true })
  const numbers = pagesOf(options.pages, document.pages).sort((one, other) => one - other)
  const most = Math.min(mostPages, mostForModel ?? mostPages)
  if (numbers.length > most)
    throw new JobFailure(
      'too_many_pages',
      `${numbers.length}, and ${most} are read at most${most < mostPages ? ' by a model' : ''}; the option pages names some`,
    )
  context.tellPages(numbers.length)
  const pages: PageWords[] = []
  const scans = new Set<number>()
  const hardlyRead = new Set<number>()
  const notes: string[] = []
  for await (const { outcome, isLayer, ...page } of readWords(document, numbers, options.languages, engine)) {
    signal.throwIfAborted()
    pages.push(page)
    if (outcome?.kind === 'read' || isLayer) scans.add(page.number)
    if (isHardlyRead(outcome)) hardlyRead.add(page.number)
    notes.push(...notesOf(page.number, outcome, isLayer))
    progress('document_analysis', pages.length, numbers.length, `page ${page.number}`)
  }
  return { document, pages, scans, hardlyRead, ...(await attachedXml(document)), notes }
}
