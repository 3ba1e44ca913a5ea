import type { Encryption, EngineContext } from '@pdf-smaller/engines'
import { openDocument } from './open-document.ts'
import { pdfObjects, type PdfObjects } from '../objects/pdf-objects.ts'

/** A document to be looked at. */
export type ReadPdf = {
  objects: PdfObjects
  /** The reference of each page, in order. */
  pages: readonly string[]
  /** How it is protected; undefined when it is not encrypted. */
  encryption: Encryption | undefined
}

/**
 * Reads a document that nothing is asked of.
 * @throws JobFailure as `inspect` does of what cannot be read
 */
export async function readPdf(file: string, context: EngineContext): Promise<ReadPdf> {
  const { read, pages, encryption } = await openDocument(file, context)
  return { objects: pdfObjects(read.objects, read.trailer), pages, encryption }
}
