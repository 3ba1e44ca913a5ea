import { stringsIn } from './contents-strings.ts'

/** The codes that contents show with a font, read as bytes and as pairs of bytes: which of both is meant, the font tells. */
export type Text = { font: string; bytes: readonly number[]; pairs: readonly number[] }

/** What a stream of contents shows, by the names of its fonts; without a name what it shows before it sets one. */
export type StreamTexts = { texts: readonly Text[]; lastFont: string }

export type ShownTexts = {
  /** Stops now and then: others of the same process may have their turn. */
  read: (number: number, contents: Buffer) => Generator<void>
  /** Undefined for a stream that was not read. */
  of: (number: number) => StreamTexts | undefined
}

/** Names that are told apart in a stream: of others nothing is known. */
const mostNames = 64
/** Codes that are remembered of all streams together. */
const mostCodes = 500_000
/** So many strings are read between two stops. */
const stringsAtOnce = 500

/** What of a font has been seen in the stream that is read. */
type Seen = { bytes: Uint8Array; pairs: Uint8Array }

export function openShownTexts(): ShownTexts {
  const streams = new Map<number, StreamTexts>()
  const spare: Seen[] = []
  let left = mostCodes
  return {
    read: function* (number, contents) {
      const texts = new Map<string, { bytes: number[]; pairs: number[]; seen: Seen }>()
      let [strings, lastFont] = [0, '']
      for (const { font, bytes } of stringsIn(contents)) {
        lastFont = font
        if (++strings % stringsAtOnce === 0) yield
        const own = texts.get(font) ?? { bytes: [], pairs: [], seen: spare.pop() ?? unseen() }
        if (left <= 0 || (texts.size >= mostNames && !texts.has(font))) continue
        texts.set(font, own)
        left -= mark(own, bytes)
      }
      for (const { bytes, pairs, seen } of texts.values()) {
        for (const code of bytes) seen.bytes[code] = 0
        for (const code of pairs) seen.pairs[code] = 0
        spare.push(seen)
      }
      streams.set(number, {
        texts: [...texts].map(([font, { bytes, pairs }]) => ({ font, bytes, pairs })),
        lastFont,
      })
    },
    of: (number) => streams.get(number),
  }
}

const unseen = (): Seen => ({ bytes: new Uint8Array(2 ** 8), pairs: new Uint8Array(2 ** 16) })

/** @returns how many codes are new */
function mark(
  { bytes, pairs, seen }: { bytes: number[]; pairs: number[]; seen: Seen },
  text: Uint8Array,
): number {
  const before = bytes.length + pairs.length
  let last = 0
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] ?? 0
    if (seen.bytes[byte] === 0) {
      seen.bytes[byte] = 1
      bytes.push(byte)
    }
    const pair = (last << 8) | byte
    if (at % 2 === 1 && seen.pairs[pair] === 0) {
      seen.pairs[pair] = 1
      pairs.push(pair)
    }
    last = byte
  }
  return bytes.length + pairs.length - before
}
