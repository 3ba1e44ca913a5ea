import { mkdir, open, stat } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { type EngineContext, type QpdfJson, readObjects } from '@pdf-smaller/engines'
import { isReference, type PdfObjects } from './pdf-objects.ts'
import { openWorkingCopy, type WorkingCopy } from './working-copy.ts'

/** A document that may be worked on, taken apart. */
export type InspectedPdf = {
  path: string
  bytes: number
  pages: number
  /** Whether its structure was broken and could be mended. */
  repaired: boolean
  /** The reference of each page, in order. */
  pageReferences: string[]
  /** What qpdf told of it, as it stood in the file. */
  json: QpdfJson
  copy: WorkingCopy
  /** Takes the document apart once more, without anything that was put into the copy. */
  reopen: () => WorkingCopy
}

/** Pages beyond which a document is not taken. */
export const mostPages = 20_000
/** Pixels of one image when decoded: 20,000 × 20,000. */
const mostPixels = 400_000_000
/** The longest side of a page, points: the largest that viewers take (ISO 32000-1, annex C). */
const longestSide = 14_400

export type InspectOptions = {
  /** What else qpdf is to tell of it. */
  keys?: readonly string[]
  /** Whether the streams are wanted, too; without them it can be looked at but not written. */
  streams?: boolean
  /** Whether it may be signed, as nothing will be changed. */
  signed?: boolean
  /** Whether its pages may be of any size, as none will be drawn. */
  anySize?: boolean
}

/**
 * Looks whether a file is a PDF that can be worked on, before any engine draws it, and takes it apart in the same go.
 * @throws JobFailure empty_file, not_a_pdf, damaged_pdf, encrypted_pdf, signed_pdf, too_many_pages, too_many_pixels
 */
export async function inspect(
  file: string,
  context: EngineContext,
  { keys = [], streams = true, signed = false, anySize = false }: InspectOptions = {},
): Promise<InspectedPdf> {
  const { size: bytes } = await stat(file)
  if (bytes === 0) throw new JobFailure('empty_file')
  if (!(await startsLikePdf(file)))
    throw new JobFailure('not_a_pdf', 'there is no %PDF- in its first 1,024 bytes')
  const folder = path.join(context.cwd, `${path.basename(file)}.streams`)
  if (streams) await mkdir(folder)
  const { repaired, ...json } = await readObjects(file, context, {
    ...(streams ? { streams: path.join(folder, 's') } : {}),
    keys: ['pages', 'encrypt', ...keys],
  })
  // Without a user password anybody may open it, and what is written keeps its encryption; with one it is locked.
  if (json.encrypt?.encrypted && !json.encrypt.userpasswordmatched) throw new JobFailure('encrypted_pdf')
  const reopen = () => openWorkingCopy(file, json, folder)
  const copy = reopen()
  const pageReferences = (json.pages ?? []).map(({ object }) => object)
  const pages = pageReferences.length
  if (pages === 0) throw new JobFailure('damaged_pdf', 'it has no pages')
  if (pages > mostPages) throw new JobFailure('too_many_pages', `${pages}, and ${mostPages} are allowed`)
  if (!signed) refuseSigned(copy)
  refuseHugeImages(copy)
  if (!anySize) refuseHugePages(copy)
  return { path: file, bytes, pages, repaired, pageReferences, json, copy, reopen }
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

/** Usage rights are signed too, but by the maker of the viewer; they only open functions that viewers no longer lock. */
function refuseSigned(objects: PdfObjects): void {
  const permissions = objects.dictionary(objects.dictionary(objects.trailer['/Root'])['/Perms'])
  const usageRights = [permissions['/UR'], permissions['/UR3']].filter(isReference)
  for (const [reference, dictionary] of objects.dictionaries()) {
    if (usageRights.includes(reference)) continue
    if (dictionary['/ByteRange'] !== undefined && dictionary['/Contents'] !== undefined)
      throw new JobFailure('signed_pdf')
  }
}

function refuseHugeImages(objects: PdfObjects): void {
  for (const [, dictionary] of objects.dictionaries()) {
    if (dictionary['/Subtype'] === '/Image') {
      const [width, height] = [objects.number(dictionary['/Width']), objects.number(dictionary['/Height'])]
      if (width * height > mostPixels)
        throw new JobFailure('too_many_pixels', `an image of ${width} × ${height} pixels`)
    }
  }
}

function refuseHugePages(objects: PdfObjects): void {
  for (const [, dictionary] of objects.dictionaries()) {
    const [left = 0, bottom = 0, right = 0, top = 0] = objects
      .array(dictionary['/MediaBox'])
      .map(objects.number)
    const side = Math.max(Math.abs(right - left), Math.abs(top - bottom))
    if (side > longestSide)
      throw new JobFailure('too_many_pixels', `a page of ${Math.round(side / 72)} inches`)
  }
}
