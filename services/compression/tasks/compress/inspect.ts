import { open, stat } from 'node:fs/promises'
import { JobFailure } from '@pdf-smaller/contracts'
import { type EngineContext, isEncrypted, type QpdfJson, readObjects } from '@pdf-smaller/engines'
import { features, type Features } from './judge/features.ts'
import { pdfObjects, type PdfObjects } from './pdf-objects.ts'

/** A document that may be worked on, and what is known of it. */
export type InspectedDocument = {
  path: string
  bytes: number
  pages: number
  json: QpdfJson
  objects: PdfObjects
  features: Features
}

/** Limits beyond which a document is not taken. */
const mostPages = 20_000
/** Pixels of one image when decoded: 20,000 × 20,000. */
const mostPixels = 400_000_000

/**
 * Looks whether a file is a PDF that can be worked on, before any engine draws it.
 * @throws JobFailure empty_file, not_a_pdf, damaged_pdf, encrypted_pdf, signed_pdf, too_many_pages, too_many_pixels
 */
export async function inspect(path: string, context: EngineContext): Promise<InspectedDocument> {
  const { size: bytes } = await stat(path)
  if (bytes === 0) throw new JobFailure('empty_file')
  if (!(await startsLikePdf(path)))
    throw new JobFailure('not_a_pdf', 'there is no %PDF- in its first 1,024 bytes')
  const json = await readObjects(path, context, { keys: ['pages', 'outlines', 'acroform', 'attachments'] })
  const objects = pdfObjects(json)
  const pages = json.pages?.length ?? 0
  if (pages === 0) throw new JobFailure('damaged_pdf', 'it has no pages')
  if (pages > mostPages) throw new JobFailure('too_many_pages', `${pages}, and ${mostPages} are allowed`)
  if (objects.trailer['/Encrypt'] !== undefined || (await isEncrypted(path, context))) {
    throw new JobFailure('encrypted_pdf', 'it is encrypted, and its protection would be lost')
  }
  refuseSigned(objects)
  refuseHugeImages(objects)
  return { path, bytes, pages, json, objects, features: features(json, objects) }
}

async function startsLikePdf(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0)
    return buffer.subarray(0, bytesRead).includes('%PDF-')
  } finally {
    await file.close()
  }
}

function refuseSigned(objects: PdfObjects): void {
  for (const dictionary of objects.dictionaries()) {
    if (dictionary['/ByteRange'] !== undefined && dictionary['/Contents'] !== undefined)
      throw new JobFailure('signed_pdf')
  }
}

function refuseHugeImages(objects: PdfObjects): void {
  for (const dictionary of objects.dictionaries()) {
    if (dictionary['/Subtype'] !== '/Image') continue
    const [width, height] = [objects.number(dictionary['/Width']), objects.number(dictionary['/Height'])]
    if (width * height > mostPixels) {
      throw new JobFailure('too_many_pixels', `an image of ${width} × ${height} pixels`)
    }
  }
}
