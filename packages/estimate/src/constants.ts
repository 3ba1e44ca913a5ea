import type { Constants, Level } from './levels.ts'

/** The levels, by their digest, and the number of files that the constants were fitted to. */
export const fittedTo = { levels: '22f195af2166f5b6', files: 240 }

/** Fitted to the real compression by bench/fit-estimate.ts, which writes this file. */
// prettier-ignore
export const constants: Record<Level, Constants> = {
  low: {
    file: 470,
    left: { type1Fonts: 0.94, cffFonts: 1.04, outlines: 0.98, hints: 0.95, idleTables: 0, wholeOutlines: 0.92, lockedFonts: 0.88, unreadFonts: 1, wholeFonts: 0.8, contents: 0.93, forms: 0.93, oldPacking: 0.59, characters: 0.9, profiles: 0.98, metadata: 0.83, statements: 1, descriptions: 0.99, heads: 0.98, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.85, idle: 0.01, twins: 0, text: 1.02, idleText: 0.13, tables: 0.06, jpeg: 1, jpx: 0.94, ccitt: 0.68, jbig2: 1, bilevel: 0.45, indexed: 0.89, samples: 0.79, mask: 0.88 },
    jpeg: [-0.03, 0.9, -1.74, 0.38],
    samples: [-0.07, 1.01, -0.6],
    mostUnsure: 0.415,
    sure: { below: 0.076, above: 0.071 },
    unsure: { below: 0.826, above: 0.65 },
  },
  medium: {
    file: 480,
    left: { type1Fonts: 0.94, cffFonts: 1.02, outlines: 0.96, hints: 0, idleTables: 0, wholeOutlines: 0.89, lockedFonts: 0.19, unreadFonts: 1, wholeFonts: 0.84, contents: 0.94, forms: 0.94, oldPacking: 0.59, characters: 0.92, profiles: 1, metadata: 0.87, statements: 1.01, descriptions: 0.99, heads: 0.98, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.85, idle: 0.01, twins: 0, text: 1.01, idleText: 0.12, tables: 0.02, jpeg: 1, jpx: 0.57, ccitt: 0.63, jbig2: 1, bilevel: 0.44, indexed: 0.87, samples: 0.78, mask: 0.88 },
    jpeg: [-0.4, 1.2, -1.17, 0.5],
    samples: [-0.16, 0.97, -0.57],
    mostUnsure: 0.392,
    sure: { below: 0.088, above: 0.06 },
    unsure: { below: 0.825, above: 0.633 },
  },
  high: {
    file: 470,
    left: { type1Fonts: 0.94, cffFonts: 1, outlines: 0.96, hints: 0, idleTables: 0, wholeOutlines: 0.89, lockedFonts: 0.19, unreadFonts: 1, wholeFonts: 0.84, contents: 0.94, forms: 0.95, oldPacking: 0.59, characters: 0.94, profiles: 1, metadata: 0.84, statements: 1.02, descriptions: 0.99, heads: 0.95, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.85, idle: 0, twins: 0, text: 1.01, idleText: 0.12, tables: 0.05, jpeg: 1, jpx: 0.52, ccitt: 0.64, jbig2: 1, bilevel: 0.45, indexed: 0.84, samples: 0.79, mask: 0.72 },
    jpeg: [-0.5, 1.26, -1.2, 0.66],
    samples: [-0.15, 0.99, -0.57],
    mostUnsure: 0.281,
    sure: { below: 0.071, above: 0.078 },
    unsure: { below: 0.733, above: 0.496 },
  },
  maximum: {
    file: 470,
    left: { type1Fonts: 0.94, cffFonts: 1.03, outlines: 0.96, hints: 0, idleTables: 0, wholeOutlines: 0.9, lockedFonts: 0.19, unreadFonts: 1, wholeFonts: 0.84, contents: 0.93, forms: 0.94, oldPacking: 0.59, characters: 0.9, profiles: 0.99, metadata: 0.83, statements: 1, descriptions: 0.99, heads: 0.96, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.85, idle: 0, twins: 0, text: 1.02, idleText: 0.12, tables: 0.06, jpeg: 1, jpx: 0.52, ccitt: 0.64, jbig2: 1, bilevel: 0.45, indexed: 0.84, samples: 0.78, mask: 0.72 },
    jpeg: [-0.53, 1.23, -1.87, 0.67],
    samples: [-0.15, 0.99, -0.57],
    mostUnsure: 0.306,
    sure: { below: 0.051, above: 0.097 },
    unsure: { below: 0.824, above: 0.619 },
  },
}
