import { Extraction, type ExtractionKind, type ExtractionResult } from '@pdf-smaller/contracts/extraction'
import { readXml } from '@pdf-smaller/extraction'
import type { TaskResult } from '@pdf-smaller/task'
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
  const readers = await readersFor(context)
  const source = await readSource(context, readers.model?.mostPages)
  const { extraction, usage } =
    source.kind === 'xml'
      ? extractedFromXml(kind, source.file.bytes)
      : await readPages(kind, source, readers, context)
  // What goes out is what the published schema says, whoever has read it.
  const checked = Extraction.parse(extraction)
  context.progress('validation', 1, 1)
  const outputs = await writeOutputs(checked, context)
  context.progress('formatting', 1, 1)
  return { outputs, result: summaryOf(checked, usage) }
}

/** @throws JobFailure damaged_xml, unknown_xml, too_large */
function extractedFromXml(kind: ExtractionKind, bytes: Buffer): Extracted {
  const { document, notes } = readXml(bytes)
  return {
    extraction: { schemaVersion: 1, kind, engine: { name: 'xml' }, documents: [document], notes },
    usage: undefined,
  }
}
