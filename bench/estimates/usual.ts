import {
  type Constants,
  imageClasses,
  type Kind,
  type Level,
  partKinds,
  type Structure,
} from '@pdf-smaller/estimate'

/** Files of the fit: what each consists of, and what each level made of it, bytes. */
export type Case = { name: string; family: string; structure: Structure; bytes: Record<Level, number> }

export const kinds: readonly Kind[] = [...partKinds, ...imageClasses]

const left: Record<Kind, number> = {
  type1Fonts: 0.3,
  cffFonts: 0.95,
  outlines: 1,
  hints: 0.05,
  idleTables: 0.05,
  wholeOutlines: 0.8,
  lockedFonts: 0.5,
  wholeFonts: 0.7,
  sharedFonts: 0.8,
  contents: 0.92,
  forms: 0.85,
  oldPacking: 0.6,
  characters: 0.95,
  profiles: 0.9,
  metadata: 0.8,
  statements: 1,
  metadataOfParts: 0.05,
  packedObjects: 0.85,
  others: 0.95,
  idle: 0.02,
  twins: 0.02,
  text: 0.9,
  idleText: 0.05,
  tables: 0.02,
  jpeg: 1,
  jpx: 0.9,
  ccitt: 0.7,
  jbig2: 1,
  bilevel: 0.5,
  indexed: 0.9,
  samples: 0.95,
  mask: 0.85,
}

/** By how much results differ, one kind against the other; how much it is, is measured. */
const spread: Record<Kind, number> = {
  type1Fonts: 0.12,
  cffFonts: 0.08,
  outlines: 0.08,
  hints: 0.03,
  idleTables: 0.03,
  wholeOutlines: 0.4,
  lockedFonts: 0.5,
  wholeFonts: 0.4,
  sharedFonts: 0.2,
  contents: 0.06,
  forms: 0.1,
  oldPacking: 0.1,
  characters: 0.08,
  profiles: 0.05,
  metadata: 0.1,
  statements: 0.03,
  metadataOfParts: 0.03,
  packedObjects: 0.15,
  others: 0.1,
  idle: 0.05,
  twins: 0.05,
  text: 0.08,
  idleText: 0.03,
  tables: 0.03,
  jpeg: 0.3,
  jpx: 0.3,
  ccitt: 0.08,
  jbig2: 0.05,
  bilevel: 0.15,
  indexed: 0.2,
  samples: 0.25,
  mask: 0.15,
}

/** Where every search begins, and where it stays for what no file tells of. */
export const usual: Constants = {
  file: 500,
  left,
  jpeg: [-0.5, 1, -1, 0, 0],
  samples: [-1.5, 0.5, -0.5],
  below: spread,
  above: spread,
}

/** Of these, too much stays unknown to be sure: how clean an image is, how much of a font a document shows, what is locked. */
export const unsureKinds: ReadonlySet<Kind> = new Set<Kind>([
  'jpeg',
  'jpx',
  'samples',
  'indexed',
  'mask',
  'bilevel',
  'wholeOutlines',
  'wholeFonts',
  'lockedFonts',
  'sharedFonts',
  'type1Fonts',
  'forms',
  'packedObjects',
])
