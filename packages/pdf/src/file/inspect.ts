import { open, stat } from 'node:fs/promises'
import { headBytes, JobFailure } from '@pdf-smaller/contracts'
import type { Encryption, EngineContext } from '@pdf-smaller/engines'
import { openDocument } from './open-document.ts'
import type { Dictionary, PdfObjects } from '../objects/pdf-objects.ts'
import { reachedFrom } from '../objects/reached.ts'
import { isSignature } from '../objects/signatures.ts'
import { openTurns, type Pause } from '../turns.ts'
import { openWorkingCopy, type WorkingCopy } from './working-copy.ts'

/** A document that may be worked on, taken apart. */
export type InspectedPdf = {
  path: string
  bytes: number
  pages: number
  /** Whether its structure was broken and could be mended. */
  repaired: boolean
  /** What was mended, in words. */
  repairs: readonly string[]
  /** The reference of each page, in order. */
  pageReferences: string[]
  /** No reference in it has a larger number. */
  lastNumber: number
  /** How it is protected; undefined when it is not encrypted. */
  encryption: Encryption | undefined
  copy: WorkingCopy
  /** Takes the document apart once more, without anything that was put into the copy. */
  reopen: () => WorkingCopy
}

/** Pixels of one image when decoded: 20,000 × 20,000. */
const mostPixels = 400_000_000
/** The longest side of a page, points: the largest that viewers take (ISO 32000-1, annex C). */
const longestSide = 14_400

export type InspectOptions = {
  /** Whether it may be signed, as nothing will be changed, or its signatures are to go. */
  signed?: boolean
  /** Whether its pages may be of any size, as none will be drawn. */
  anySize?: boolean
}

/**
 * Looks whether a file is a PDF that can be worked on, before any engine draws it, and takes it apart in the same go.
 * @throws JobFailure empty_file, not_a_pdf, damaged_pdf, encrypted_pdf, signed_pdf, too_many_pages, too_many_pixels,
 * too_many_objects, decompression_bomb; what the context's `onRepair` throws
 */
export async function inspect(
  file: string,
  context: EngineContext,
  { signed = false, anySize = false }: InspectOptions = {},
): Promise<InspectedPdf> {
  const { size: bytes } = await stat(file)
  if (bytes === 0) throw new JobFailure('empty_file')
  if (!(await startsLikePdf(file)))
    throw new JobFailure('not_a_pdf', `there is no %PDF- in its first ${headBytes} bytes`)
  const opened = await openDocument(file, context)
  const { encryption, repairs, pages: pageReferences } = opened
  if (repairs.length > 0) context.onRepair?.(file, repairs)
  const protectedAs = encryption && file
  const reopen = () => openWorkingCopy(opened, protectedAs)
  const copy = reopen()
  const pause = openTurns(context.signal)
  if (!signed) await refuseSigned(copy, pause)
  for (const [, dictionary] of copy.dictionaries()) {
    refuseHugeImage(copy, dictionary)
    if (!anySize) refuseHugePage(copy, dictionary)
    await pause()
  }
  // Engines go by the tree as it stands; of an encrypted document they get the file that was handed in all the same.
  const path = opened.isMended && !encryption ? opened.source : file
  const pages = pageReferences.length
  const repaired = repairs.length > 0
  const { lastNumber } = opened.read
  return { path, bytes, pages, repaired, repairs, pageReferences, lastNumber, encryption, copy, reopen }
}

async function startsLikePdf(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    return buffer.subarray(0, bytesRead).includes('%PDF-')
  } finally {
    await file.close()
  }
}

/**
 * A signature counts where a field that the document leads to has it as its value, or where permissions rest on it; what
 * an older state of the file left behind does not. Usage rights are signed too, but by the maker of the viewer; they only
 * open functions that viewers no longer lock.
 */
async function refuseSigned(objects: PdfObjects, pause: Pause): Promise<void> {
  const permissions = objects.dictionary(objects.dictionary(objects.trailer['/Root'])['/Perms'])
  if (isSignature(objects, permissions['/DocMDP'])) throw new JobFailure('signed_pdf')
  const has = (dictionary: Dictionary) =>
    dictionary['/V'] !== undefined && isSignature(objects, dictionary['/V'])
  // Hardly any file has one: a look at its objects is cheaper than a walk through them.
  let mayBe = false
  for (const [, dictionary] of objects.dictionaries()) {
    mayBe ||= has(dictionary)
    await pause()
  }
  if (!mayBe) return
  for (const each of reachedFrom(objects, [objects.trailer])) {
    if ('dictionary' in each && has(each.dictionary)) throw new JobFailure('signed_pdf')
    await pause()
  }
}

function refuseHugeImage(objects: PdfObjects, dictionary: Dictionary): void {
  if (dictionary['/Subtype'] !== '/Image') return
  const [width, height] = [objects.number(dictionary['/Width']), objects.number(dictionary['/Height'])]
  if (width * height > mostPixels)
    throw new JobFailure('too_many_pixels', `an image of ${width} × ${height} pixels`)
}

function refuseHugePage(objects: PdfObjects, dictionary: Dictionary): void {
  if (dictionary['/MediaBox'] === undefined) return
  const [left = 0, bottom = 0, right = 0, top = 0] = objects
    .array(dictionary['/MediaBox'])
    .map(objects.number)
  const side = Math.max(Math.abs(right - left), Math.abs(top - bottom))
  if (side > longestSide) throw new JobFailure('too_many_pixels', `a page of ${Math.round(side / 72)} inches`)
}
