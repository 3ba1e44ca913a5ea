import path from 'node:path'
import { makePdfA, type PdfAResult } from '@pdf-smaller/pdfa'
import type { OutputFile } from '@pdf-smaller/task'
import type { OcrContext } from './options.ts'

/** Makes the searchable document, the first of the outputs, follow PDF/A-2b, where that is asked for. */
export async function archive(
  outputs: readonly OutputFile[],
  { options, engine, workspace, progress }: OcrContext,
): Promise<{ outputs: OutputFile[]; archived?: PdfAResult }> {
  const [document, ...beside] = outputs
  if (options.output === 'pdf' || !document) return { outputs: [...outputs] }
  const file = path.join(workspace, 'archive.pdf')
  const tell = (part: number, message: string) => progress('archiving', part, 1, message)
  const archived = await makePdfA(document.path, file, engine, tell)
  return { outputs: [{ ...document, path: file }, ...beside], archived }
}
