import type { FontUse, FoundFonts } from './font-names.ts'
import { type FontMakers, openFontSizes, type FontSizing } from './font-tables.ts'
import type { StreamKind } from './kinds.ts'
import { noParts, type PartKind, type Parts, type Size } from './parts.ts'
import type { ObjectText } from './objects.ts'
import { openPacking, type Packing } from './packing.ts'
import type { Uses } from './references.ts'

/** A stream that is no image. */
export type Entry = Size & {
  number: number
  kind: StreamKind
  /** What a font unpacks to, where it could be read. */
  font?: Buffer | undefined
  /** Equal for streams that are equal. */
  twin: string
}

type Ledger = {
  add: (entry: Entry) => void
  /** Bytes that are not looked at. */
  addOther: (bytes: number) => void
  addText: (text: string) => void
  /** The dictionary of a stream of data. */
  addHead: (dictionary: ObjectText) => void
  /** A stream of objects that cannot be read. */
  addLocked: (bytes: number) => void
  /**
   * Stops now and then: others of the same process may have their turn.
   * @param bytes of the file without its images
   */
  parts: (bytes: number, found: Found) => Generator<void, Parts>
}

/** What is known at the end. */
export type Found = {
  uses: Uses
  fonts: FoundFonts
  isEncrypted: boolean
}

/** What a stream takes beside its dictionary and data: its number, and words that tell where it begins and ends. */
const keywordBytes = 42
/** Some programs leave data in comments. */
const comment = /%[^\r\n]*/g
/** Text is compressed in pieces of this length. */
const textPiece = 64 * 1024

/** Counts the bytes of each kind. */
export function openLedger(makers: FontMakers): Ledger {
  const entries: Entry[] = []
  const text = openPacking()
  let others = 0
  let locked = 0
  const heads: { number: number; bytes: number }[] = []
  let pending: string[] = []
  let length = 0
  const pack = () => {
    text.add(Buffer.from(pending.join(''), 'latin1'), length)
    pending = []
    length = 0
  }
  return {
    add: (entry) => entries.push(entry),
    addOther: (bytes) => (others += bytes),
    addText: (piece) => {
      pending.push(piece)
      length += piece.length
      if (length >= textPiece) pack()
    },
    addHead: ({ number, text }) =>
      heads.push({ number, bytes: text.replaceAll(comment, '').length + keywordBytes }),
    addLocked: (bytes) => (locked += bytes),
    parts: (bytes, found) => {
      pack()
      return divided({ entries, heads, others, locked, text }, found, { bytes, makers })
    },
  }
}

type Counted = {
  entries: readonly Entry[]
  heads: readonly { number: number; bytes: number }[]
  others: number
  locked: number
  text: Packing
}

/** What has been counted, by kinds. */
function* divided(
  { entries, heads, others, locked, text }: Counted,
  found: Found,
  { bytes, makers }: { bytes: number; makers: FontMakers },
): Generator<void, Parts> {
  const parts = noParts()
  const count = (kind: PartKind, size: Size) => {
    parts[kind].bytes += size.bytes
    parts[kind].packed += size.packed
  }
  const seen = new Set<string>()
  const fonts = openFontSizes(makers)
  const twins = new Set<number>()
  for (const entry of entries) {
    const part = partOf(entry, found, seen)
    if (part === 'twins') twins.add(entry.number)
    if (part === 'outlines' || part === 'cffFonts' || part === 'type1Fonts') {
      countFont(part, count, entry, found, fonts)
      yield
    } else count(part, untouched.has(part) ? same(entry.bytes) : entry)
  }
  count('others', same(others))
  count('packedObjects', same(locked))
  const outside = bytes - entries.reduce((sum, entry) => sum + entry.bytes, others + locked)
  const { idleText, isIdle } = found.uses
  const isGone = (number: number) => isIdle(number) || twins.has(number)
  const ofHeads = heads.reduce((sum, head) => sum + (isGone(head.number) ? 0 : head.bytes), 0)
  count('heads', same(Math.min(ofHeads, outside)))
  // Keywords around objects are counted with the tables.
  const ofObjects = Math.min(text.bytes(), outside - parts.heads.bytes)
  count('idleText', shareOf({ bytes: ofObjects, packed: text.packed() }, idleText))
  const [idleBytes, idlePacked] = [parts.idleText.bytes, parts.idleText.packed]
  count('text', { bytes: ofObjects - idleBytes, packed: text.packed() - idlePacked })
  count('tables', same(outside - parts.heads.bytes - ofObjects))
  return parts
}

/** What stays as it is stored. */
const untouched: ReadonlySet<PartKind> = new Set<PartKind>(['statements', 'descriptions', 'unreadFonts'])

const same = (bytes: number): Size => ({ bytes, packed: bytes })

/** Fonts that are too large to be read were hardly reduced to what their document shows. */
const largeFont = 512 * 1024
/** What a font takes beside glyphs, and a glyph, bytes. */
const [bareFont, bytesOfGlyph] = [4000, 150]

const sizeOfShown = ({ users }: FontUse) =>
  bareFont + bytesOfGlyph * users.reduce((sum, { codes }) => sum + (codes?.size ?? 0), 0)

/** A font is divided by what becomes of its parts. */
function countFont(
  kind: 'outlines' | 'cffFonts' | 'type1Fonts',
  count: (kind: PartKind, size: Size) => void,
  { bytes, number, font }: Entry,
  { fonts: { useOf }, isEncrypted }: Found,
  sizing: FontSizing,
): void {
  const use = useOf(number)
  const stays = () => count(isEncrypted ? 'lockedFonts' : 'unreadFonts', same(bytes))
  if (!use) return stays()
  const isKnown = use.users.every(({ codes }) => codes)
  if (!font) {
    const isLarge = bytes >= largeFont && isKnown && !isEncrypted
    return isLarge ? count('wholeOutlines', { bytes, packed: sizeOfShown(use) }) : stays()
  }
  if (kind === 'outlines') {
    const sizes = sizing.ofTrueType(font, bytes, use)
    if (!sizes) return stays()
    const outlines = Math.min(bytes, sizes.outlines)
    const hints = Math.min(bytes - outlines, sizes.hints)
    count(isKnown ? 'outlines' : 'wholeOutlines', same(outlines))
    count('hints', same(hints))
    return count('idleTables', same(bytes - outlines - hints))
  }
  const size = kind === 'cffFonts' ? sizing.ofCompact(font, bytes, use) : sizing.ofTypeOne(font, use)
  if (size === undefined) return stays()
  count(isKnown ? kind : 'wholeFonts', { bytes, packed: Math.min(bytes, size) })
}

const shareOf = ({ bytes, packed }: Size, share: number): Size => ({
  bytes: Math.round(bytes * share),
  packed: packed * share,
})

function partOf({ number, kind, twin }: Entry, { uses }: Found, seen: Set<string>): PartKind {
  if (uses.isIdle(number)) return 'idle'
  if (kind === 'statements') return kind
  if (kind === 'descriptions') return number === uses.metadata ? 'metadata' : kind
  if (seen.has(twin)) return 'twins'
  seen.add(twin)
  if (kind === 'metadata') return number === uses.metadata ? kind : 'metadataOfParts'
  return kind
}
