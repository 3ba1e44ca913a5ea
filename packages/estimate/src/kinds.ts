import { filtersOf, nameOf, numberOf } from './objects.ts'
import { unpacked } from './unpack.ts'

/** What a stream other than an image is there for. */
export type StreamKind =
  | 'type1Fonts'
  | 'cffFonts'
  /** TrueType with and without programs that fit it to coarse screens. */
  | 'hintedFonts'
  | 'plainFonts'
  /** Contents of pages and what belongs to them: forms, patterns, tables of characters. */
  | 'contents'
  | 'metadata'
  /** Objects packed in streams, and tables that say where they stand. */
  | 'packedObjects'
  /** Such as attachments and colour profiles. */
  | 'others'

const compactFonts = new Set(['Type1C', 'CIDFontType0C', 'OpenType'])

/** @param head the beginning of the stream's data, which tells fonts apart */
export function kindOf(dictionary: string, head: Buffer = Buffer.alloc(0)): StreamKind {
  const type = nameOf(dictionary, 'Type')
  if (type === 'ObjStm' || type === 'XRef') return 'packedObjects'
  if (type === 'Metadata') return 'metadata'
  if (compactFonts.has(nameOf(dictionary, 'Subtype') ?? '')) return 'cffFonts'
  if (/\/Length2\b/.test(dictionary)) return 'type1Fonts'
  if (/\/Length1\b/.test(dictionary)) return isHinted(dictionary, head) ? 'hintedFonts' : 'plainFonts'
  // A profile of colours tells the number of its components.
  return type === 'EmbeddedFile' || numberOf(dictionary, 'N') !== undefined ? 'others' : 'contents'
}

/** The directory of a font's tables, of which there are few, stands at its beginning. */
const mostTables = 64
const mostUnpacked = 1024 * 1024
const hints = new Set(['fpgm', 'prep', 'cvt '])
/** Fonts whose hinting was taken away may keep a rest. */
const leastHints = 200

/** Whether a TrueType font has programs for its hinting (OpenType, Font Tables). */
function isHinted(dictionary: string, head: Buffer): boolean {
  const font = filtersOf(dictionary)[0] === 'FlateDecode' ? unpacked(head, mostUnpacked) : head
  if (!font || font.length < 12) return false
  const tables = Math.min(mostTables, font.readUInt16BE(4))
  let bytes = 0
  for (let at = 12; at < 12 + tables * 16 && at + 16 <= font.length; at += 16)
    if (hints.has(font.toString('latin1', at, at + 4))) bytes += font.readUInt32BE(at + 12)
  return bytes >= leastHints
}
