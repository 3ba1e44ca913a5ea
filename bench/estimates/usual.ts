import { type Constants, type Kind, type Level, type Structure } from '@pdf-smaller/estimate'

/** Files of the fit: what each consists of, and what each level made of it, bytes. */
export type Case = { name: string; family: string; structure: Structure; bytes: Record<Level, number> }

const left: Record<Kind, number> = {
  type1Fonts: 0.3,
  cffFonts: 0.95,
  outlines: 1,
  hints: 0.05,
  idleTables: 0.05,
  wholeOutlines: 0.8,
  lockedFonts: 0.5,
  unreadFonts: 1,
  wholeFonts: 0.7,
  contents: 0.92,
  forms: 0.85,
  oldPacking: 0.6,
  characters: 0.95,
  profiles: 0.9,
  metadata: 0.8,
  statements: 1,
  descriptions: 1,
  heads: 0.9,
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

/** Where every search begins, and where it stays for what no file tells of. */
export const usual: Constants = {
  file: 500,
  left,
  jpeg: [-0.5, 1, -1, 0],
  samples: [0, 1, -0.5],
  mostUnsure: 0,
  sure: { below: 0.1, above: 0.1 },
  unsure: { below: 0.5, above: 0.5 },
}
