import { damaged } from '../objects/parse.ts'
import type { FileBytes } from './file-bytes.ts'

/** Where the data of a stream stands in its file. */
export type DataPlace = { at: number; length: number }

const [lineFeed, carriageReturn, blank] = [10, 13, 32]
const searchedAtOnce = 64 * 1024

/** The place behind the word `stream` and its line end (ISO 32000-1, 7.3.8.1), with what writers get wrong there. */
export function startOfData(file: FileBytes, wordEnd: number): number {
  const bytes = file.slice(wordEnd, 16)
  let at = 0
  while (bytes[at] === blank) at++
  if (bytes[at] === carriageReturn) return wordEnd + at + (bytes[at + 1] === lineFeed ? 2 : 1)
  return bytes[at] === lineFeed ? wordEnd + at + 1 : wordEnd
}

/** Whether the word `endstream` stands where the data is said to end, a line end between them or not. */
export const endsAt = (file: FileBytes, at: number): boolean =>
  at <= file.size && /^[\0\t\n\f\r ]{0,4}endstream/.test(file.slice(at, 16).toString('latin1'))

/**
 * Looks for the end of data whose length is not told right.
 * @param searched is told of the bytes that are looked at
 * @throws JobFailure damaged_pdf
 */
export function searchedData(file: FileBytes, at: number, searched: (bytes: number) => void): DataPlace {
  for (let from = at; from < file.size; from += searchedAtOnce) {
    // The word may stand on the border of two parts.
    const bytes = file.slice(from, searchedAtOnce + 'endstream'.length)
    searched(bytes.length)
    const found = bytes.indexOf('endstream')
    if (found < 0) continue
    const end = from + found
    const last = file.slice(end - 2, 2)
    const lineEnd =
      last[1] === lineFeed ? (last[0] === carriageReturn ? 2 : 1) : last[1] === carriageReturn ? 1 : 0
    return { at, length: Math.max(0, end - lineEnd - at) }
  }
  throw damaged(`a stream at ${at} does not end`)
}
