import { readFile } from 'node:fs/promises'
import { JobFailure } from '@pdf-smaller/contracts'
import { Extraction, type ExtractionKind, type ExtractionResult } from '@pdf-smaller/contracts/extraction'
import { mostXmlBytes, readXml } from '@pdf-smaller/extraction'
import type { InputFile, TaskResult } from '@pdf-smaller/task'
import { type ExtractionContext, readSource } from './input.ts'
import { writeOutputs } from './outputs.ts'
import { type Extracted, readPages } from './read-pages.ts'
import { readersFor } from './readers.ts'
import { summaryOf } from './summary.ts'

/** Extracts a document: its words → by rules or a model → checked → as files. */
export async function runExtraction(
  kind: ExtractionKind,
  context: ExtractionContext,
): Promise<TaskResult<ExtractionResult>> {
  const [input] = context.inputs
  if (!input) throw new JobFailure('missing_file')
  const isPdf = input.contentType === 'application/pdf'
  const { extraction, usage } = await (isPdf
    ? extractedFromPdf(kind, input, context)
    : extractedFromXml(kind, input))
  // What goes out is what the published schema says, whoever has read it.
  const checked = Extraction.parse(extraction)
  context.progress('validation', 1, 1)
  const outputs = await writeOutputs(checked, context)
  context.progress('formatting', 1, 1)
  return { outputs, result: summaryOf(checked, usage) }
}

async function extractedFromPdf(
  kind: ExtractionKind,
  input: InputFile,
  context: ExtractionContext,
): Promise<Extracted> {
  const readers = await readersFor(context)
  const source = await readSource(input, context, readers.model?.mostPages)
  return readPages(kind, source, readers, context)
}

/** XML needs no reader. @throws JobFailure damaged_xml, unknown_xml, too_large */
async function extractedFromXml(kind: ExtractionKind, input: InputFile): Promise<Extracted> {
  // It is refused before it is in memory.
  if (input.size > mostXmlBytes) throw new JobFailure('too_large', `XML of ${input.size} bytes`)
  const { document, notes } = readXml(await readFile(input.path))
  return {
    extraction: { schemaVersion: 1, kind, engine: { name: 'xml' }, documents: [document], notes },
    usage: undefined,
  }
}
