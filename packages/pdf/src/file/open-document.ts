import { mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { type Encryption, type EngineContext, normalForm, readEncryption } from '@pdf-smaller/engines'
import { pdfObjects } from '../objects/pdf-objects.ts'
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
  /** Whether it was mended in a way that engines cannot be trusted to find themselves, so that they get `source`. */
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
  const { reading: first, why } = await readIfSound(file, 'told', context)
  if (first && !first.read.isEncrypted) return withSoundTree(first, undefined, folder, context)
  try {
    const { encryption, ...second } = await throughQpdf(file, why, folder, context)
    return await withSoundTree(second, encryption, folder, context)
  } catch (error) {
    // qpdf gives up on files that viewers show: where no trailer can be read, say.
    const isLost = first === undefined && damageIn(error) !== undefined
    const { reading: third } = isLost ? await readIfSound(file, 'searched', context) : {}
    if (!third || third.read.isEncrypted) throw error
    return rewritten({ ...third, repairs: [...brokenBy(why), ...third.repairs] }, undefined, folder, context)
  }
}

/**
 * Reads what qpdf makes of a file: decrypted, and mended where it is broken.
 * @param why it could not be read as it stands
 */
async function throughQpdf(
  file: string,
  why: string | undefined,
  folder: string,
  context: EngineContext,
): Promise<Reading & Pick<OpenedDocument, 'encryption'>> {
  const encryption = await readEncryption(file, context)
  // Without a user password anybody may open it, and what is written keeps its encryption; with one it is locked.
  if (encryption?.encrypted && !encryption.userpasswordmatched) throw new JobFailure('encrypted_pdf')
  const source = path.join(folder, 'plain.pdf')
  const isMended = await normalForm(file, source, context)
  const repairs = [...brokenBy(why), ...(isMended || why !== undefined ? ['qpdf mended it'] : [])]
  const reading = await readFrom(source, 'told', context)
  if (reading.pages.length === 0) throw new JobFailure('damaged_pdf', 'it has no pages')
  return { ...reading, repairs, encryption: encryption?.encrypted ? encryption : undefined }
}

const brokenBy = (why: string | undefined) => (why === undefined ? [] : [`it was broken: ${why}`])

/** What is told of a damaged file; undefined for other errors. */
const damageIn = (error: unknown): string | undefined =>
  error instanceof JobFailure && error.code === 'damaged_pdf' ? error.why : undefined

type Reading = Pick<OpenedDocument, 'read' | 'source' | 'repairs'> & Pick<OpenedDocument, 'pages'> & Mended

type Mended = { mended: ReturnType<typeof readPageTree>['mended'] }

/** What is read, or why the file is damaged. */
async function readIfSound(
  file: string,
  places: 'told' | 'searched',
  context: EngineContext,
): Promise<{ reading?: Reading; why?: string }> {
  try {
    const reading = await readFrom(file, places, context)
    const isRead = reading.pages.length > 0 || reading.read.isEncrypted
    return isRead ? { reading } : { why: 'it has no pages' }
  } catch (error) {
    const why = damageIn(error)
    if (why === undefined) throw error
    return { why }
  }
}

async function readFrom(
  source: string,
  places: 'told' | 'searched',
  { mostObjects = usualMostObjects, signal }: EngineContext,
): Promise<Reading> {
  const file = openFileBytes(source)
  const read = await readDocument(file, budgetOf(mostObjects, signal, file.size), places)
  const tree = readPageTree(pdfObjects(read.objects, read.trailer), () => `${++read.lastNumber} 0 R`)
  return { read, source, repairs: [...read.mended], ...tree }
}

/** The document as engines, too, read it: with a tree whose kids are all pages, and objects that are counted rightly. */
async function withSoundTree(
  reading: Reading,
  encryption: Encryption | undefined,
  folder: string,
  context: EngineContext,
): Promise<OpenedDocument> {
  const { mended, ...opened } = reading
  if (mended.size === 0 && !reading.read.isMiscounted)
    return { ...opened, encryption, folder, isMended: false }
  const repairs = [...reading.repairs, ...(mended.size > 0 ? ['its page tree was not one'] : [])]
  return rewritten({ ...reading, repairs }, encryption, folder, context)
}

/** A document that is written as it was read, and read again. */
async function rewritten(
  { read, source, mended, repairs }: Reading,
  encryption: Encryption | undefined,
  folder: string,
  context: EngineContext,
): Promise<OpenedDocument> {
  const all = new Map([...read.objects, ...mended])
  const written = path.join(folder, 'mended.pdf')
  await writeCopy(written, { read, source, all, trailer: read.trailer }, context)
  const { mended: left, ...again } = await readFrom(written, 'told', context)
  if (left.size > 0) throw new JobFailure('damaged_pdf', 'its page tree cannot be mended')
  return { ...again, repairs, encryption, folder, isMended: true }
}
