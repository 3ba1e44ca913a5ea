import type { StreamKind } from './kinds.ts'

/** Bytes as they stand, and what they would come to under Flate. */
export type Size = { bytes: number; packed: number }

const fontKinds = [
  'unreadFonts',
  'type1Fonts',
  'cffFonts',
  'outlines',
  'hints',
  'idleTables',
  'wholeOutlines',
  'lockedFonts',
  'wholeFonts',
] as const

/** What a file consists of besides images. */
export const partKinds = [
  ...fontKinds,
  'contents',
  'forms',
  'oldPacking',
  'characters',
  'profiles',
  'metadata',
  'statements',
  'descriptions',
  'heads',
  'metadataOfParts',
  'packedObjects',
  'others',
  'idle',
  'twins',
  'text',
  'idleText',
  'tables',
] as const satisfies readonly PartKind[]

export type PartKind =
  | StreamKind
  /** Outlines of TrueType fonts of which it cannot be told what is shown. */
  | 'wholeOutlines'
  /** TrueType that cannot be read as it is encrypted; fonts that stay as they are, as they cannot be read. */
  | 'lockedFonts'
  | 'unreadFonts'
  /** Other fonts of which that cannot be told. */
  | 'wholeFonts'
  /** Metadata of parts of the document. */
  | 'metadataOfParts'
  /** Dictionaries of streams, which cannot be packed, and the keywords around them. */
  | 'heads'
  /** Streams that nothing refers to any more, and those that are equal to one before them. */
  | 'idle'
  | 'twins'
  /** Objects outside of streams, and those among them that nothing refers to. */
  | 'text'
  | 'idleText'
  /** What stands between objects: tables that say where they are. */
  | 'tables'

export type Parts = Record<PartKind, Size>

/** Bytes of all fonts that a document uses. */
export const bytesOfFonts = (parts: Parts): number =>
  fontKinds.reduce((sum, kind) => sum + parts[kind].bytes, 0)

const none = (): Size => ({ bytes: 0, packed: 0 })

export const noParts = (): Parts => ({
  type1Fonts: none(),
  cffFonts: none(),
  outlines: none(),
  hints: none(),
  idleTables: none(),
  wholeOutlines: none(),
  lockedFonts: none(),
  unreadFonts: none(),
  wholeFonts: none(),
  contents: none(),
  forms: none(),
  oldPacking: none(),
  characters: none(),
  profiles: none(),
  metadata: none(),
  statements: none(),
  descriptions: none(),
  heads: none(),
  metadataOfParts: none(),
  packedObjects: none(),
  others: none(),
  idle: none(),
  twins: none(),
  text: none(),
  idleText: none(),
  tables: none(),
})
