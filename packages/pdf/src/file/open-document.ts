import { mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { type Encryption, type EngineContext, normalForm, readEncryption } from '@pdf-smaller/engines'
import { pdfObjects } from '../pdf-objects.ts'
import { budgetOf } from './budget.ts'
import { openFileBytes } from './file-bytes.ts'
import { type ReadDocument, readDocument } from './read-document.ts'
import { readPageTree } from './read-pages.ts'
import { writeCopy } from './write-copy.ts'

/** Objects beyond which a document is not taken, unless the context says otherwise. */
const usualMostObjects = 500_000

/** A document that was read, by this reader alone or with the help of qpdf. */
export type OpenedDocument = {
  read: ReadDocument
  /** The file that it was read from: decrypted, and mended where that was needed. */
  source: string
  /** The reference of each page, in order. */
  pages: string[]
  /** What was wrong and could be mended, in words. */
  repairs: string[]
  /** Whether it was mended in a way that engines cannot be trusted to find themselves: its page tree, its size. */
  isMended: boolean
  encryption: Encryption | undefined
  /** A private folder for what belongs to it. */
  folder: string
}

/**
 * Reads a document. qpdf decrypts it where it is encrypted, and mends it where it cannot be read as it stands.
 * @throws JobFailure not_a_pdf, damaged_pdf, encrypted_pdf, too_many_objects, too_many_pages, decompression_bomb
 */
export async function openDocument(file: string, context: EngineContext): Promise<OpenedDocument> {
  const folder = await mkdtemp(path.join(context.cwd, 'pdf-'))
  const first = await readIfSound(file, context)
  if (first && !first.read.isEncrypted) return withSoundTree(first, undefined, folder, context)
  const encryption = await readEncryption(file, context)
  // Without a user password anybody may open it, and what is written keeps its encryption; with one it is locked.
  if (encryption?.encrypted && !encryption.userpasswordmatched) throw new JobFailure('encrypted_pdf')
  const source = path.join(folder, 'plain.pdf')
  const isMended = await normalForm(file, source, context)
  const repairs = isMended || !first ? ['it was broken, and qpdf mended it'] : []
  const second = { ...(await readFrom(source, context)), repairs }
  return withSoundTree(second, encryption?.encrypted ? encryption : undefined, folder, context)
}

type Reading = Pick<OpenedDocument, 'read' | 'source' | 'repairs'> & Pick<OpenedDocument, 'pages'> & Mended

type Mended = { mended: ReturnType<typeof readPageTree>['mended'] }

/** Undefined where the file is damaged. */
async function readIfSound(file: string, context: EngineContext): Promise<Reading | undefined> {
  try {
    const reading = await readFrom(file, context)
    return reading.pages.length > 0 || reading.read.isEncrypted ? reading : undefined
  } catch (error) {
    if (error instanceof JobFailure && error.code === 'damaged_pdf') return undefined
    throw error
  }
}

async function readFrom(
  source: string,
  { mostObjects = usualMostObjects, signal }: EngineContext,
): Promise<Reading> {
  const read = await readDocument(openFileBytes(source), budgetOf(mostObjects, signal))
  const tree = readPageTree(pdfObjects(read.objects, read.trailer), () => `${++read.lastNumber} 0 R`)
  return { read, source, repairs: [...read.mended], ...tree }
}

/** The document as engines, too, read it: with a tree whose kids are all pages, and objects that are counted rightly. */
async function withSoundTree(
  { mended, ...reading }: Reading,
  encryption: Encryption | undefined,
  folder: string,
  context: EngineContext,
): Promise<OpenedDocument> {
  if (reading.pages.length === 0) throw new JobFailure('damaged_pdf', 'it has no pages')
  if (mended.size === 0 && !reading.read.isMiscounted)
    return { ...reading, encryption, folder, isMended: false }
  const { read, source } = reading
  const all = new Map([...read.objects, ...mended])
  const written = path.join(folder, 'mended.pdf')
  await writeCopy(written, { read, source, all, trailer: read.trailer }, context)
  const { mended: left, ...again } = await readFrom(written, context)
  if (left.size > 0) throw new JobFailure('damaged_pdf', 'its page tree cannot be mended')
  const repairs = [...reading.repairs, ...(mended.size > 0 ? ['its page tree was not one'] : [])]
  return { ...again, repairs, encryption, folder, isMended: true }
}
