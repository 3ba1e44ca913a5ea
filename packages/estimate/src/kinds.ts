import { filtersOf, nameOf, numberOf } from './objects.ts'

/** What a stream other than an image is there for. */
export type StreamKind =
  | 'type1Fonts'
  | 'cffFonts'
  /** TrueType: outlines, what was packed of programs that fit them to coarse screens, and the rest. */
  | 'outlines'
  | 'hints'
  | 'idleTables'
  /** Contents of pages and what belongs to them, such as patterns. */
  | 'contents'
  /** Contents that others draw, such as appearances of fields. */
  | 'forms'
  /** What was packed by the Lempel-Ziv-Welch method, which Flate surpasses. */
  | 'oldPacking'
  /** Which characters a font's codes stand for. */
  | 'characters'
  /** Of colours. */
  | 'profiles'
  | 'metadata'
  /** Metadata that say which standard a file follows: compression leaves them alone. */
  | 'statements'
  /** Metadata that say what somebody would want to know: of a part of the document they stay as they are. */
  | 'descriptions'
  /** Objects packed in streams, and tables that say where they stand. */
  | 'packedObjects'
  /** Such as attachments. */
  | 'others'

const compactFonts = new Set(['Type1C', 'CIDFontType0C', 'OpenType'])

export function kindOf(dictionary: string): StreamKind {
  if (filtersOf(dictionary).some((filter) => filter === 'LZWDecode' || filter === 'LZW')) return 'oldPacking'
  const type = nameOf(dictionary, 'Type')
  if (type === 'ObjStm' || type === 'XRef') return 'packedObjects'
  if (type === 'Metadata') return 'metadata'
  if (compactFonts.has(nameOf(dictionary, 'Subtype') ?? '')) return 'cffFonts'
  if (/\/Length2\b/.test(dictionary)) return 'type1Fonts'
  if (/\/Length1\b/.test(dictionary)) return 'outlines'
  if (nameOf(dictionary, 'Subtype') === 'Form') return 'forms'
  // A profile of colours tells the number of its components.
  if (numberOf(dictionary, 'N') !== undefined) return 'profiles'
  return type === 'EmbeddedFile' ? 'others' : 'contents'
}

/** What contents prove to be once they are unpacked: a font whose dictionary does not say so, a table of characters (ISO 32000-1, 9.10.3), or a statement. */
export function kindOfContent(kind: StreamKind, content: Buffer): StreamKind {
  if (kind === 'metadata') return kindOfPacket(content.toString('latin1').replaceAll('\0', ''))
  if (kind !== 'contents') return kind
  if (content.length > 4 && trueTypeVersions.has(content.readUInt32BE(0))) return 'outlines'
  return content.subarray(0, 1024).includes('begincmap') ? 'characters' : kind
}

/** How a TrueType font begins (OpenType specification, table directory). */
const trueTypeVersions = new Set([0x00010000, 0x74727565])

function kindOfPacket(packet: string): StreamKind {
  if (standards.test(packet)) return 'statements'
  return descriptive.test(packet) ? 'descriptions' : 'metadata'
}

/** Names by which metadata state that a file follows a standard. */
const standards = /pdfaid:|pdfuaid:|pdfxid:|pdfx:GTS_|zugferd|factur-x/i
/** Who made something, what it shows, and who may use it (Dublin Core, IPTC Core and rights management of XMP). */
const descriptive =
  /[<\s](?:dc:(?:title|creator|contributor|description|rights|subject|source|publisher)|xmpRights:|Iptc4xmp|plus:|photoshop:(?:Credit|Headline|Source|Instructions))/
