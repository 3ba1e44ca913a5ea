import { damaged, parseInTurns, type Parsed, type Sink } from '../objects/parse.ts'
import type { Budget } from './budget.ts'
import type { FileBytes } from './file-bytes.ts'

/** An object as it stands in a file (ISO 32000-1, 7.3.10): what it is, and where its value stands. */
export type Indirect = Parsed & { number: number; generation: number }

/** Most objects are shorter. */
const usualBytes = 4096
/** The text of one object, bytes. */
const mostBytes = 64 * 1024 * 1024

/**
 * Reads the object that stands at a place, its value's places told as those of the file.
 * @returns undefined where none stands
 * @throws JobFailure damaged_pdf
 */
export async function indirectAt(
  file: FileBytes,
  at: number,
  sink: Sink,
  { pause }: Pick<Budget, 'pause'>,
): Promise<Indirect | undefined> {
  for (let length = usualBytes; ; length *= 8) {
    const bytes = file.slice(at, length)
    const isWhole = at + bytes.length >= file.size
    const head = headOf(bytes)
    if (!head) return undefined
    const parsed = await parseInTurns(bytes, head.end, sink, pause)
    if (parsed && (isWhole || parsed.wordEnd < bytes.length))
      return {
        ...parsed,
        number: head.number,
        generation: head.generation,
        start: at + (parsed.start < 0 ? head.end : parsed.start),
        end: at + parsed.end,
        wordEnd: at + parsed.wordEnd,
      }
    if (isWhole) throw damaged(`an object at ${at} does not end`)
    if (length > mostBytes) throw damaged(`an object at ${at} is longer than ${mostBytes} bytes`)
  }
}

/** The numbers of the object that starts with these bytes, and the end of its `obj`. */
export function headOf(bytes: Buffer): { number: number; generation: number; end: number } | undefined {
  const [head, number, generation] =
    /^[\0\t\n\f\r ]*(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+obj/.exec(
      bytes.toString('latin1', 0, 64),
    ) ?? []
  if (head === undefined) return undefined
  return { number: Number(number), generation: Number(generation), end: head.length }
}
