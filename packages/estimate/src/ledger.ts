import type { StreamKind } from './kinds.ts'
import { openPacking, type Packing } from './packing.ts'

/** Bytes as they stand, and what they would come to under Flate. */
export type Size = { bytes: number; packed: number }

/** What a file consists of besides images; text is what stands outside of streams. */
export type Parts = Record<StreamKind | 'text', Size>

type Ledger = {
  /** @param sample of bytes that are stored without compression */
  add: (kind: StreamKind, bytes: number, sample: Buffer | undefined) => void
  addText: (text: string) => void
  /** @param bytes of the file without its images */
  parts: (bytes: number) => Parts
}

/** Text is compressed in pieces of this length. */
const textPiece = 64 * 1024

/** Counts the bytes of each kind. */
export function openLedger(): Ledger {
  const kinds = new Map<StreamKind, { bytes: number; compressed: number; plain: Packing }>()
  const text = openPacking()
  let pending: string[] = []
  let length = 0
  const pack = () => {
    text.add(Buffer.from(pending.join(''), 'latin1'), length)
    pending = []
    length = 0
  }
  return {
    add: (kind, bytes, sample) => {
      const entry = kinds.get(kind) ?? { bytes: 0, compressed: 0, plain: openPacking() }
      kinds.set(kind, entry)
      entry.bytes += bytes
      if (sample) entry.plain.add(sample, bytes)
      else entry.compressed += bytes
    },
    addText: (piece) => {
      pending.push(piece)
      length += piece.length
      if (length >= textPiece) pack()
    },
    parts: (bytes) => {
      pack()
      const streams = [...kinds.values()].reduce((sum, entry) => sum + entry.bytes, 0)
      const partOf = (kind: StreamKind) => {
        const { bytes = 0, compressed = 0, plain } = kinds.get(kind) ?? {}
        return { bytes, packed: compressed + (plain?.packed() ?? 0) }
      }
      return {
        type1Fonts: partOf('type1Fonts'),
        cffFonts: partOf('cffFonts'),
        hintedFonts: partOf('hintedFonts'),
        plainFonts: partOf('plainFonts'),
        contents: partOf('contents'),
        metadata: partOf('metadata'),
        packedObjects: partOf('packedObjects'),
        others: partOf('others'),
        text: { bytes: bytes - streams, packed: text.packed() },
      }
    },
  }
}
