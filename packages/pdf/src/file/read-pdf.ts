import { stat } from 'node:fs/promises'
import type { Encryption, EngineContext } from '@pdf-smaller/engines'
import { looseBytes } from './loose-bytes.ts'
import { openDocument } from './open-document.ts'
import { pdfObjects, type PdfObjects } from '../objects/pdf-objects.ts'

/** A document to be looked at. */
export type ReadPdf = {
  objects: PdfObjects
  /** The reference of each page, in order. */
  pages: readonly string[]
  /** How it is protected; undefined when it is not encrypted. */
  encryption: Encryption | undefined
  /** Bytes of the file, at least so many, that nothing in it leads to. */
  looseBytes: number
}

/**
 * Reads a document that nothing is asked of.
 * @throws JobFailure as `inspect` does of what cannot be read
 */
export async function readPdf(file: string, context: EngineContext): Promise<ReadPdf> {
  const { read, source, pages, encryption } = await openDocument(file, context)
  const { size } = await stat(source)
  const objects = pdfObjects(read.objects, read.trailer)
  return { objects, pages, encryption, looseBytes: looseBytes(read, size) }
}
