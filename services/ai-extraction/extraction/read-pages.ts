import type { ExtractionKind, Extraction, Usage } from '@pdf-smaller/contracts/extraction'
import { compareDocuments, concludeOther } from '@pdf-smaller/extraction'
import type { EngineResult } from '../engines/engine.ts'
import { failedOf } from '../llm/reader/repair.ts'
import { noteOf, unlessLeftOut, withXml, xmlAmong } from './embedded.ts'
import { withHardlyRead } from './hardly-read.ts'
import type { ExtractionContext, PdfSource } from './input.ts'
import { enginesOf, type Readers } from './readers.ts'

/** What was extracted, and what a model took for it. */
export type Extracted = { extraction: Extraction; usage: Usage | undefined }

/** Reads the pages of a PDF by the engines that are asked for, with the invoice that is attached to it as XML. */
export async function readPages(
  kind: ExtractionKind,
  source: PdfSource,
  readers: Readers,
  context: ExtractionContext,
): Promise<Extracted> {
  const results = await resultsOf(kind, source, readers, context)
  context.progress('validation', 0, 1, 'comparing')
  const xml = xmlAmong(kind === 'invoice' ? source.attached : [])
  const leftOut = kind === 'invoice' ? [...source.leftOut, ...xml.leftOut] : []
  const whole = results.map((each) => ({
    ...each,
    documents: withXml(each.documents, xml.found, source.pages).map((document) =>
      withHardlyRead(unlessLeftOut(document, leftOut), source.hardlyRead),
    ),
  }))
  const [first, second] = whole.toSorted((one, other) => scoreOf(other) - scoreOf(one))
  if (!first) throw new Error('no engine has read')
  const { engine, documents, notes } = first
  const usage = whole.find((each) => each.usage)?.usage
  const other = second && {
    engine: second.engine,
    documents: second.documents,
    notes: second.notes,
    comparison: compareDocuments(documents, second.documents),
  }
  const extraction: Extraction = {
    schemaVersion: 1,
    kind,
    engine,
    documents,
    notes: [...source.notes, ...xml.notes, ...leftOut.map(noteOf), ...notes],
    ...(other ? { other } : {}),
  }
  return { extraction, usage }
}

async function resultsOf(
  kind: ExtractionKind,
  source: PdfSource,
  readers: Readers,
  context: ExtractionContext,
): Promise<EngineResult[]> {
  const engines = enginesOf(readers, source, context)
  const { pages } = source
  if (pages.every(({ words }) => words.length === 0)) return [withoutText(pages.map(({ number }) => number))]
  const results: EngineResult[] = []
  for (const [index, engine] of engines.entries()) {
    const tell = (done: number, total: number, message: string) =>
      context.progress('ai_processing', index * total + done, engines.length * total, message)
    results.push(await engine(pages, { kind, signal: context.signal, tell }))
  }
  return results
}

/** Nobody is asked about pages on which nothing stands. */
function withoutText(pages: number[]): EngineResult {
  const reasons = [{ text: 'No text was found on its pages', speaksFor: false }]
  const gate = { accepted: false, confidence: 1, reasons }
  const document = concludeOther({ documentType: 'unknown', pages, gate, choices: [] })
  return { engine: { name: 'rules' }, documents: [document], notes: [] }
}

/** The better reading of two comes first: that which adds up, else that of which fewer figures disagree; else the model's. */
function scoreOf({ documents, engine }: EngineResult): number {
  const each = documents.map(
    (document) => (document.reconciled === true ? 100 : 0) - failedOf(document).length,
  )
  return each.reduce((sum, score) => sum + score, engine.name === 'llm' ? 0.5 : 0)
}
