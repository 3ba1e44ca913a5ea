import type { Section } from './section.ts'
import { damaged } from '../objects/parse.ts'
import type { Dictionary } from '../objects/pdf-objects.ts'
import type { Budget } from './budget.ts'
import { Entries } from './entries.ts'
import type { FileBytes } from './file-bytes.ts'
import { readStreamSection } from './xref-stream.ts'
import { readTableSection } from './xref-table.ts'

export type CrossReference = {
  entries: Entries
  /** The newest trailer. */
  trailer: Dictionary
  /** What was not as it should be, in words. */
  mended: string[]
  /** Whether a trailer tells of more objects than the file has bytes, at which engines give up. */
  isMiscounted: boolean
}

/** The word `startxref` and its number stand within so many bytes of the end; viewers take junk behind them. */
const tailBytes = 4096

/**
 * Reads where the objects of a document stand, the newest change of it first.
 * @param header where `%PDF-` stands: some writers count from there, others from the start of the file
 * @throws JobFailure damaged_pdf, too_many_objects
 */
export async function readCrossReference(
  file: FileBytes,
  header: number,
  budget: Budget,
): Promise<CrossReference> {
  const tailAt = Math.max(0, file.size - tailBytes)
  const tail = file.slice(tailAt, tailBytes).toString('latin1')
  const [, told] = /startxref\s*(\d{1,15})/.exec(tail.slice(Math.max(0, tail.lastIndexOf('startxref')))) ?? []
  if (told === undefined) throw damaged('nothing tells where its objects stand')
  const entries = new Entries()
  const mended: string[] = []
  const read = new Set<number>()
  let trailer: Dictionary | undefined
  let isMiscounted = false
  const add = async (at: number, isHybrid: boolean): Promise<Dictionary> => {
    budget.addRows(1)
    await budget.pause()
    const section = await sectionAt(file, at, header, budget, mended)
    const own = section.trailer
    trailer ??= own
    isMiscounted ||= typeof own['/Size'] === 'number' && own['/Size'] > file.size
    const take = async (isFree: boolean) => {
      for (const [number, entry] of section.rows) {
        if ((entry.kind === 'free') === isFree && !entries.has(number)) entries.set(number, entry)
        await budget.pause()
      }
    }
    await take(false)
    // Objects that the table calls free may stand in the stream beside it (7.5.8.4).
    const beside = own['/XRefStm']
    if (typeof beside === 'number' && !isHybrid && !read.has(beside)) {
      read.add(beside)
      await add(beside, true)
    }
    await take(true)
    return own
  }
  for (let next: unknown = Number(told); typeof next === 'number' && !read.has(next);) {
    read.add(next)
    next = (await add(next, false))['/Prev']
  }
  if (isMiscounted) mended.push('it told of more objects than there can be')
  return { entries, trailer: trailer ?? {}, mended, isMiscounted }
}

/** So far from its place a section is looked for. */
const nearBytes = 32

async function sectionAt(
  file: FileBytes,
  told: number,
  header: number,
  budget: Budget,
  mended: string[],
): Promise<Section> {
  const shifts = header === 0 ? [0] : [header, 0]
  const exact = shifts.find((shift) => startsSection(file.slice(told + shift, nearBytes).toString('latin1')))
  for (const shift of exact === undefined ? shifts : [exact]) {
    const at = exact === undefined ? nearTo(file, told + shift) : told + shift
    if (at === undefined) continue
    if (exact === undefined) mended.push('its cross-reference table stands elsewhere than told')
    return isTable(file.slice(at, nearBytes).toString('latin1'))
      ? readTableSection(file, at, shift, budget, mended)
      : readStreamSection(file, at, shift, budget)
  }
  throw damaged(`no cross-reference table at ${told}`)
}

const isTable = (text: string) => /^\s*xref\b/.test(text)
const startsSection = (text: string) => isTable(text) || /^\s*\d+\s+\d+\s+obj/.test(text)

function nearTo(file: FileBytes, at: number): number | undefined {
  const from = Math.max(0, at - nearBytes)
  const near = file.slice(from, 2 * nearBytes).toString('latin1')
  const found = /(?<![a-z])xref\b|(?<!\d)\d+\s+\d+\s+obj/.exec(near)
  return found ? from + found.index : undefined
}
