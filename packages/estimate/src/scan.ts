import { crc32 } from 'node:zlib'

/** A part of a PDF as it stands in the file: the text between streams, or a stream with the text of its dictionary. */
export type Part =
  | { kind: 'text'; text: string }
  | {
      kind: 'stream'
      /** The text before the stream's data: objects of their own, and at its end the stream's dictionary. */
      text: string
      /** Of the data, as far as the file goes. */
      bytes: number
      /** The beginning of the data, as much as was asked for. */
      head: Buffer
      /** Tells data apart: equal data have equal ones. */
      checksum: number
    }

/** Tells from the text before a stream how many bytes of its beginning are wanted. */
export type Wanted = (text: string) => number

export type Scanner = {
  /** Takes the next bytes and gives the parts that end in them. */
  take: (bytes: Buffer) => Generator<Part>
  /** Gives what is left when the file is over. */
  end: () => Generator<Part>
}

/** Longer text without a stream in it is given in pieces. */
const mostText = 1024 * 1024
const endOfData = 'endstream'
const longestKeyword = 32
const space = new Set([0, 9, 10, 12, 13, 32])

/**
 * Finds the streams of a PDF as its bytes pass by, in memory that does not grow. Data ends where `endstream` stands: a
 * length may be wrong or stand further on, and the search costs next to nothing.
 */
export function openScanner(wanted: Wanted): Scanner {
  let pending: Buffer = Buffer.alloc(0)
  /** Up to here, what is pending has been searched for a stream. */
  let searched = 0
  let stream: { text: string; bytes: number; heads: Buffer[]; missing: number; checksum: number } | undefined

  const skip = (count: number) => {
    pending = pending.subarray(count)
    searched = 0
  }
  const begin = (text: string) => (stream = { text, bytes: 0, heads: [], missing: wanted(text), checksum: 0 })
  const pass = (count: number) => {
    if (!stream) return
    const head = pending.subarray(0, Math.min(count, stream.missing))
    if (head.length > 0) stream.heads.push(Buffer.from(head))
    stream.missing -= head.length
    stream.bytes += count
    stream.checksum = crc32(pending.subarray(0, count), stream.checksum)
    skip(count)
  }
  const finish = function* (): Generator<Part> {
    if (!stream) return
    const { text, bytes, heads, checksum } = stream
    yield { kind: 'stream', text, bytes, head: Buffer.concat(heads), checksum }
    stream = undefined
  }

  /** Whether there is more to find in what is pending. */
  const step = function* (): Generator<Part, boolean> {
    if (stream) {
      const end = pending.indexOf(endOfData)
      pass(end < 0 ? Math.max(0, pending.length - endOfData.length) : end)
      if (end < 0) return false
      yield* finish()
      skip(endOfData.length)
      return true
    }
    const found = findStream(pending, searched)
    if (found) {
      begin(pending.toString('latin1', 0, found.keyword))
      skip(found.data)
      return true
    }
    searched = Math.max(0, pending.length - longestKeyword)
    if (pending.length < mostText) return false
    const whole = pending.lastIndexOf('endobj')
    const piece = whole > 0 ? whole : pending.length - longestKeyword
    yield { kind: 'text', text: pending.toString('latin1', 0, piece) }
    skip(piece)
    return false
  }

  return {
    take: function* (bytes) {
      pending = pending.length > 0 ? Buffer.concat([pending, bytes]) : bytes
      while (yield* step());
    },
    end: function* () {
      pass(pending.length)
      yield* finish()
      if (pending.length > 0) yield { kind: 'text', text: pending.toString('latin1') }
      skip(pending.length)
    },
  }
}

/** The first keyword `stream` behind a dictionary, and where its data begin. */
function findStream(bytes: Buffer, from: number): { keyword: number; data: number } | undefined {
  for (
    let keyword = bytes.indexOf('stream', from);
    keyword >= 0;
    keyword = bytes.indexOf('stream', keyword + 6)
  ) {
    const data = keyword + 'stream'.length
    if (data + 2 > bytes.length) return undefined
    const line = bytes[data] === 13 && bytes[data + 1] === 10 ? 2 : space.has(bytes[data] ?? 0) ? 1 : 0
    if (line > 0 && followsDictionary(bytes, keyword)) return { keyword, data: data + line }
  }
  return undefined
}

function followsDictionary(bytes: Buffer, keyword: number): boolean {
  let before = keyword - 1
  while (before > 0 && keyword - before < 32 && space.has(bytes[before] ?? 0)) before--
  return bytes[before] === 62 && bytes[before - 1] === 62
}
