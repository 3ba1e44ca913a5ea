import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type EngineChoice, Extraction, type ExtractionKind } from '@pdf-smaller/contracts/extraction'
import { inspect } from '@pdf-smaller/pdf'
import type { InputFile } from '@pdf-smaller/task'
import { z } from 'zod'
import { taskContext } from '@pdf-smaller/worker/testing/task-context'
import {
  type ExtractionContext,
  type PdfSource,
  readSource,
} from '../../services/ai-extraction/extraction/input.ts'
import { readPages } from '../../services/ai-extraction/extraction/read-pages.ts'
import { readersFor } from '../../services/ai-extraction/extraction/readers.ts'
import { attachedXml } from '../../services/ai-extraction/reading/attached-xml.ts'
import { extractInvoice } from '../../services/ai-extraction/tasks/extract-invoice/task.ts'

const cache = path.join(import.meta.dirname, '../../node_modules/.cache/bench-extract')

/** Answers what a task asks about language models. */
export type Ask = ExtractionContext['ask']

/** What a reading took: processor time of this process and of those that it started, in seconds. */
export type Reading = { extraction: Extraction; pages: number; scanned: number; cpuSeconds: number }

const Kept = z.object({
  cpuSeconds: z.number(),
  pages: z.array(
    z.object({
      number: z.int(),
      width: z.number(),
      height: z.number(),
      words: z.array(
        z.object({
          text: z.string(),
          box: z.object({ l: z.number(), t: z.number(), r: z.number(), b: z.number() }),
          confidence: z.number(),
          source: z.enum(['text', 'ocr']),
        }),
      ),
    }),
  ),
  scans: z.array(z.int()),
  notes: z.array(z.string()),
})
type Kept = z.infer<typeof Kept>

/**
 * Reads a document as the task does, from the file to the checked extraction. What is recognised on scans is kept by the
 * file's hash, with the time that it took, since it takes most of the time and is the same every time.
 * @throws JobFailure of the task
 */
export async function readDocument(
  bytes: Buffer,
  kind: ExtractionKind,
  engine: EngineChoice,
  ask: Ask = async () => null,
): Promise<Reading> {
  const workspace = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-extract-'))
  try {
    const file = path.join(workspace, 'in.pdf')
    await writeFile(file, bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const input = { path: file, name: 'in.pdf', size: bytes.length, sha256, contentType: 'application/pdf' }
    const options = extractInvoice.options.parse({ engine, exports: [] })
    const context = taskContext(workspace, options, {
      inputs: [input],
      signal: AbortSignal.timeout(600_000),
      ask,
    })
    const before = cpuSeconds()
    const readers = await readersFor(context)
    const { source, recognised } = await sourceOf(input, context, readers.model?.mostPages)
    const { extraction } = await readPages(kind, source, readers, context)
    const pages = source.pages.length
    return {
      extraction: Extraction.parse(extraction),
      pages,
      scanned: source.scans.size,
      cpuSeconds: cpuSeconds() - before + recognised,
    }
  } finally {
    await rm(workspace, { recursive: true, force: true })
  }
}

/** The pages of the file, and the seconds that were spent on recognising them when they were first read. */
async function sourceOf(
  input: InputFile,
  context: ExtractionContext,
  mostPages: number | undefined,
): Promise<{ source: PdfSource; recognised: number }> {
  const file = path.join(cache, `${input.sha256}.json`)
  const kept = await readFile(file, 'utf8').catch(() => undefined)
  if (kept !== undefined) {
    const { pages, scans, notes, cpuSeconds: recognised } = Kept.parse(JSON.parse(kept))
    const document = await inspect(input.path, context.engine, { signed: true })
    const read = { pages, scans: new Set(scans), hardlyRead: new Set<number>(), notes }
    return { source: { document, ...read, ...(await attachedXml(document)) }, recognised }
  }
  const before = cpuSeconds()
  const source = await readSource(input, context, mostPages)
  if (source.scans.size > 0) {
    const { pages, notes } = source
    const keep: Kept = { cpuSeconds: cpuSeconds() - before, pages, scans: [...source.scans], notes }
    await mkdir(cache, { recursive: true })
    await writeFile(file, JSON.stringify(keep))
  }
  return { source, recognised: 0 }
}

/** Processor time of this process and of its children that have ended (Linux, proc(5): utime, stime, cutime, cstime). */
function cpuSeconds(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? []
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond
}
const ticksPerSecond = 100
