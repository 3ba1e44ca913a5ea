import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { type EngineContext, run } from '@pdf-smaller/engines'
import { grownBy } from '@pdf-smaller/pdf/testing/memory'
import { differencesOf } from '@pdf-smaller/pdf/testing/round-trip'
import { openDocument, type OpenedDocument } from '../../packages/pdf/src/file/open-document.ts'
import { openWorkingCopy } from '../../packages/pdf/src/file/working-copy.ts'
import { type Look, pdfiumLook, popplerLook } from './pictures.ts'

/** What came of reading one file, writing it and reading it again. */
export type Outcome = { file: string; processorMs: number; memoryBytes: number } & (
  | { kind: 'read'; repairs: string[]; objects: number; changed: string[]; faults: string[] }
  /** `others` are the programs that make something of it. */
  | { kind: 'refused'; code: string; why: string; others: string[] }
  | { kind: 'thrown'; why: string }
)

/** Reads a file, writes it as it is and compares the copy with it: its objects, its first pages, what qpdf says of it. */
export async function roundTrip(file: string, engine: EngineContext): Promise<Outcome> {
  const cwd = await mkdtemp(path.join(engine.cwd, 'file-'))
  const context = { ...engine, cwd }
  const written = path.join(cwd, 'written.pdf')
  try {
    const { copied, ...taken } = await measured(() => copy(file, written, context))
    if (!copied || 'error' in copied)
      return { file, ...taken, ...(await refusal(copied?.error, file, context)) }
    const { objects, changed } = await compared(copied.opened, written, context)
    const { repairs } = copied.opened
    const faults = await faultsOf(file, written, repairs.length > 0, context)
    return { file, ...taken, kind: 'read', repairs, objects, changed, faults }
  } finally {
    await rm(cwd, { recursive: true, force: true })
  }
}

type Copied = { opened: OpenedDocument } | { error: unknown }

async function copy(file: string, written: string, context: EngineContext): Promise<Copied> {
  try {
    const opened = await openDocument(file, context)
    await openWorkingCopy(opened, opened.encryption && file).write(written, context)
    return { opened }
  } catch (error) {
    return { error }
  }
}

/** What reading and writing take of this process: qpdf, where it helps, is another. */
async function measured(work: () => Promise<Copied>) {
  const before = process.cpuUsage()
  const told = { copied: undefined as Copied | undefined, processorMs: 0 }
  const memoryBytes = await grownBy(async () => {
    told.copied = await work()
    const { user, system } = process.cpuUsage(before)
    told.processorMs = (user + system) / 1000
  })
  return { ...told, memoryBytes }
}

async function refusal(error: unknown, file: string, context: EngineContext) {
  if (!(error instanceof JobFailure)) return { kind: 'thrown' as const, why: String(error) }
  const { code, why } = error
  return { kind: 'refused' as const, code, why, others: await readersOf(file, context) }
}

async function compared(opened: OpenedDocument, written: string, context: EngineContext) {
  try {
    const again = await openDocument(written, context)
    const { objects, differences } = await differencesOf(opened, again)
    const changed = differences.map(
      ({ reference, before, after }) => `${reference}: ${before.slice(0, 200)} → ${after.slice(0, 200)}`,
    )
    if (again.repairs.length > 0) changed.push(`the copy had to be mended: ${again.repairs.join('; ')}`)
    return { objects, changed }
  } catch (error) {
    return { objects: 0, changed: [`the copy cannot be read: ${String(error)}`] }
  }
}

/**
 * What independent programs find the copy to have lost. Of a file that is not sound they make different things: a copy
 * of what was mended has to look as one of them shows the original.
 */
async function faultsOf(
  file: string,
  written: string,
  isMended: boolean,
  context: EngineContext,
): Promise<string[]> {
  const faults: string[] = []
  const poppler = await popplerLook(file, context)
  const pdfium = await pdfiumLook(file)
  if (isLost(poppler, await popplerLook(written, context))) faults.push('Poppler')
  if (isLost(pdfium, await pdfiumLook(written))) faults.push('PDFium')
  if (isMended && faults.length === 1) faults.pop()
  const [old, own] = [await checked(file, context), await checked(written, context)]
  if (own > old) faults.push(`qpdf --check: ${old} → ${own}`)
  return faults
}

/** A viewer that drew nothing of the file has nothing to lose. */
const isLost = (before: Look, after: Look) => before !== undefined && after !== before

/** How `qpdf --check` ends: 0 for a sound file, 1 with warnings, 2 with errors. */
async function checked(file: string, context: EngineContext): Promise<number> {
  try {
    const okCodes = [0, 2, 3]
    const { exitCode } = await run('qpdf', ['--check', file], context, { okCodes, timeoutMs: 20_000 })
    return [0, 3, 2].indexOf(exitCode)
  } catch {
    return 2
  }
}

async function readersOf(file: string, context: EngineContext): Promise<string[]> {
  const others = {
    Poppler: (await popplerLook(file, context)) !== undefined,
    PDFium: (await pdfiumLook(file)) !== undefined,
    qpdf: (await checked(file, context)) < 2,
  }
  return Object.entries(others).flatMap(([name, reads]) => (reads ? [name] : []))
}
