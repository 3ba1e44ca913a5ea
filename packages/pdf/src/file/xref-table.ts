import { damaged, parseValue } from '../objects/parse.ts'
import { isDictionary } from '../objects/pdf-objects.ts'
import { Tokens } from '../objects/tokens.ts'
import type { Budget } from './budget.ts'
import type { Section } from './section.ts'
import { Rows } from './entries.ts'
import type { FileBytes } from './file-bytes.ts'

/** Bytes of an entry as the standard has it; tables are read in pieces of so many. */
const entryBytes = 20
const entriesAtOnce = 8192
const ignored = { reference: () => {}, count: () => {} }

/**
 * Reads a table of objects' places with its trailer (ISO 32000-1, 7.5.4, 7.5.5).
 * @param shift added to places, which some writers count from `%PDF-`
 * @throws JobFailure damaged_pdf, too_many_objects
 */
export async function readTableSection(
  file: FileBytes,
  at: number,
  shift: number,
  budget: Budget,
  mended: string[],
): Promise<Section> {
  const rows = new Rows()
  const inUse = budget.inUse()
  let place = at + file.slice(at, 64).indexOf('xref') + 'xref'.length
  for (;;) {
    budget.addRows(1)
    await budget.pause()
    const tokens = new Tokens(file.slice(place, 256))
    const kind = tokens.next()
    if (kind === 'word' && tokens.text().startsWith('trailer')) {
      place += tokens.start + 'trailer'.length
      break
    }
    const first = kind === 'number' ? Number(tokens.text()) : NaN
    const count = tokens.next() === 'number' ? Number(tokens.text()) : NaN
    if (!Number.isSafeInteger(first) || !Number.isSafeInteger(count) || first < 0 || count < 0)
      throw damaged('its cross-reference table is not one')
    place = await readRows(file, place + tokens.end, { first, count, shift, inUse }, budget, rows, mended)
  }
  return { rows, trailer: trailerAt(file, place) }
}

type Subsection = { first: number; count: number; shift: number; inUse: () => void }

/** @returns the place behind the rows */
async function readRows(
  file: FileBytes,
  from: number,
  { first, count, shift, inUse }: Subsection,
  budget: Budget,
  rows: Rows,
  mended: string[],
): Promise<number> {
  let [place, number] = [from, first]
  for (let done = 0; done < count;) {
    const wanted = Math.min(entriesAtOnce, count - done)
    const tokens = new Tokens(file.slice(place, (wanted + 2) * entryBytes))
    const isLast = place + tokens.bytes.length >= file.size
    let end = 0
    for (let row = 0; row < wanted; row++) {
      const read = rowOf(tokens)
      // Rows may be longer than they should be; the rest of them stands in the next piece.
      if (!read || (!isLast && tokens.end === tokens.bytes.length)) {
        if (row === 0) throw damaged('its cross-reference table ends early')
        break
      }
      end = tokens.end
      // Some writers begin the table at 1 with the entry that is always the first: that of number 0.
      if (done === 0 && number === 1 && read.isFree && read.generation === 65_535 && read.at === 0) {
        mended.push('its cross-reference table starts at 1')
        number = 0
      }
      budget.addRows(1)
      const { at, generation, isFree } = read
      if (!isFree) inUse()
      rows.add(number++, isFree || at === 0 ? { kind: 'free' } : { kind: 'at', at: at + shift, generation })
      done++
    }
    place += end
    await budget.pause()
  }
  return place
}

function rowOf(tokens: Tokens): { at: number; generation: number; isFree: boolean } | undefined {
  if (tokens.next() !== 'number') return undefined
  const at = Number(tokens.text())
  if (tokens.next() !== 'number') return undefined
  const generation = Number(tokens.text())
  if (tokens.next() !== 'word') return undefined
  const kind = tokens.text()
  const isSound =
    Number.isSafeInteger(at) && Number.isSafeInteger(generation) && (kind === 'n' || kind === 'f')
  return isSound ? { at, generation, isFree: kind === 'f' } : undefined
}

const mostTrailerBytes = 1024 * 1024

function trailerAt(file: FileBytes, at: number) {
  for (let length = 4096; length <= mostTrailerBytes; length *= 4) {
    const parsed = parseValue(file.slice(at, length), 0, ignored)
    if (parsed && isDictionary(parsed.value)) return parsed.value
    if (at + length >= file.size) break
  }
  throw damaged('its trailer cannot be read')
}
