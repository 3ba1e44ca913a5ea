import { type Encryption, type EngineContext, readObjects } from '@pdf-smaller/engines'
import { type PdfObjects, pdfObjects } from '@pdf-smaller/pdf'

/** A file that was written, as it is read again. */
export type ReadDocument = {
  objects: PdfObjects
  /** The reference of each page, in order. */
  pages: string[]
  encryption: Encryption | undefined
}

/**
 * Reads a file that a task has written.
 * @throws JobFailure damaged_pdf
 */
export async function readDocument(file: string, context: EngineContext): Promise<ReadDocument> {
  const json = await readObjects(file, context, { keys: ['pages', 'encrypt'] })
  const pages = (json.pages ?? []).map(({ object }) => object)
  return { objects: pdfObjects(json), pages, encryption: json.encrypt }
}
