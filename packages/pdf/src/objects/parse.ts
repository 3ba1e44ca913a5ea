import { JobFailure } from '@pdf-smaller/contracts'
import type { Dictionary } from './pdf-objects.ts'
import { atOnce, inTurns, type Pause } from '../turns.ts'
import { nameOf } from './names.ts'
import { numberOf } from './numbers.ts'
import { hexBytes, literalBytes } from './strings.ts'
import { type TokenKind, Tokens } from './tokens.ts'

/** Arrays and dictionaries do not stand in one another deeper than this. */
const mostLevels = 500

/** A value, with the place of its bytes, and the word that follows it. */
export type Parsed = {
  value: unknown
  start: number
  end: number
  /** `endobj` or `stream`, say; undefined at the end of the bytes. */
  word: string | undefined
  /** Where that word ends. */
  wordEnd: number
}

/** Counts what is read, and notes the references that are come by. */
export type Sink = {
  reference: (reference: string, number: number, generation: number) => void
  /** @throws JobFailure once there are too many */
  count: (values: number) => void
}

type Frame = { items: unknown[]; isDictionary: boolean }

/**
 * Reads the value at a place (ISO 32000-1, 7.3): numbers as numbers, names as `/Name`, references as `n g R`, strings as
 * `b:` and their bytes in hexadecimal. Entries of null are left out of dictionaries, and words that mean nothing are null.
 * @returns undefined where the bytes end too early
 * @throws JobFailure damaged_pdf
 */
export const parseValue = (bytes: Buffer, from: number, sink: Sink): Parsed | undefined =>
  atOnce(parsing(bytes, from, sink))

/**
 * Reads a value as `parseValue` does, and lets other work have its turn.
 * @param pause is asked for one now and then
 */
export const parseInTurns = (
  bytes: Buffer,
  from: number,
  sink: Sink,
  pause: Pause,
): Promise<Parsed | undefined> => inTurns(parsing(bytes, from, sink), pause)

/** Tokens that are read in one step. */
const tokensInStep = 4096

function* parsing(bytes: Buffer, from: number, sink: Sink): Generator<undefined, Parsed | undefined> {
  const tokens = new Tokens(bytes, from)
  const bottom: Frame = { items: [], isDictionary: false }
  const open: Frame[] = []
  let frame = bottom
  let [start, end] = [-1, from]
  for (let read = 1; ; read++) {
    if (read % tokensInStep === 0) yield
    const kind = tokens.next()
    if (kind === 'cut' || (kind === 'end' && frame !== bottom)) return undefined
    const isWord = kind === 'word' && !isPlainWord(tokens)
    if (kind === 'end' || (isWord && frame === bottom)) {
      sink.count(bottom.items.length)
      const word = kind === 'end' ? undefined : tokens.text()
      return { value: bottom.items[0] ?? null, start, end, word, wordEnd: tokens.end }
    }
    if (start < 0) start = tokens.start
    switch (kind) {
      case '[':
      case '<<':
        open.push(frame)
        if (open.length > mostLevels) throw damaged(`arrays stand in one another ${open.length} deep`)
        frame = { items: [], isDictionary: kind === '<<' }
        break
      case ']':
      case '>>': {
        const outer = open.pop()
        if (!outer || frame.isDictionary !== (kind === '>>')) throw damaged(`${kind} where nothing is to end`)
        sink.count(frame.items.length)
        outer.items.push(frame.isDictionary ? dictionaryOf(frame.items) : frame.items)
        frame = outer
        break
      }
      case 'word':
        word(tokens, frame, sink)
        break
      case 'number':
      case 'name':
      case 'string':
      case 'hex':
      case 'bad':
        frame.items.push(scalar(kind, tokens))
    }
    // Of several values in a row, only the first can be the object; three may be a reference.
    if (bottom.items.length === (frame === bottom ? 1 : 0)) end = tokens.end
  }
}

const words = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['R', null],
])

/** Whether a word stands for a value rather than for the end of one. */
const isPlainWord = (tokens: Tokens) => tokens.end - tokens.start <= 5 && words.has(tokens.text())

function word(tokens: Tokens, { items }: Frame, sink: Sink): void {
  const text = tokens.text()
  if (text !== 'R') {
    if (text === 'endobj' || text === 'endstream') throw damaged(`${text} within a value`)
    items.push(words.get(text) ?? null)
    return
  }
  const generation = items.pop()
  const number = items.pop()
  if (!isIndex(number) || !isIndex(generation)) throw damaged('a reference without its numbers')
  // Number 0 is that of no object.
  if (number === 0) {
    items.push(null)
    return
  }
  const reference = `${number} ${generation} R`
  sink.reference(reference, number, generation)
  items.push(reference)
}

const isIndex = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

function scalar(
  kind: Exclude<TokenKind, '[' | ']' | '<<' | '>>' | 'word' | 'end' | 'cut'>,
  tokens: Tokens,
): unknown {
  switch (kind) {
    case 'number':
      return numberOf(tokens.text())
    case 'name':
      return nameOf(tokens.text())
    case 'string':
      return `b:${literalBytes(tokens.bytes.subarray(tokens.start + 1, tokens.end - 1)).toString('hex')}`
    case 'hex':
      return `b:${hexBytes(tokens.bytes.subarray(tokens.start + 1, tokens.end - 1)).toString('hex')}`
    case 'bad':
      throw damaged(`"${tokens.text()}" where a value should be`)
  }
}

/** Of two entries of one name the later holds; what stands where a name should be is passed over. */
function dictionaryOf(items: readonly unknown[]): Dictionary {
  const dictionary: Dictionary = {}
  for (let at = 0; at < items.length;) {
    const key = items[at++]
    if (typeof key !== 'string' || !key.startsWith('/')) continue
    const value = items[at++] ?? null
    if (value !== null) dictionary[key] = value
    else if (key in dictionary) delete dictionary[key]
  }
  return dictionary
}

export const damaged = (why: string): JobFailure => new JobFailure('damaged_pdf', why)
