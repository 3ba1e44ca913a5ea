import type { Constants, Level } from './levels.ts'

/** The levels, by their digest, and the number of files that the constants were fitted to. */
export const fittedTo = { levels: '68576e8b498df1dd', files: 280 }

/** Fitted to the real compression by bench/fit-estimate.ts, which writes this file. */
// prettier-ignore
export const constants: Record<Level, Constants> = {
  low: {
    file: 390,
    left: { type1Fonts: 0.93, cffFonts: 0.97, outlines: 0.98, hints: 0.95, idleTables: 0, wholeOutlines: 0.92, lockedFonts: 0.87, unreadFonts: 0.97, wholeFonts: 0.83, contents: 0.94, forms: 0.95, oldPacking: 0.59, characters: 0.96, profiles: 0.4, metadata: 0.87, statements: 1.1, descriptions: 0.53, heads: 0.92, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.85, idle: 0.01, twins: 0.01, text: 1.01, idleText: 0.09, tables: 0.13, jpeg: 1, jpx: 0.81, ccitt: 0.68, jbig2: 1.06, bilevel: 0.44, indexed: 0.76, samples: 0.75, mask: 0.68 },
    jpeg: [0.1, 0.73, -1.3, 0.4],
    samples: [0.04, 0.87, -0.47],
    mostUnsure: 0.244,
    sure: { below: 0.098, above: 0.052 },
    unsure: { below: 0.737, above: 0.466 },
  },
  medium: {
    file: 390,
    left: { type1Fonts: 0.93, cffFonts: 0.97, outlines: 0.96, hints: 0, idleTables: 0, wholeOutlines: 0.89, lockedFonts: 0.19, unreadFonts: 0.97, wholeFonts: 0.87, contents: 0.95, forms: 0.95, oldPacking: 0.59, characters: 0.95, profiles: 0.47, metadata: 0.9, statements: 1.09, descriptions: 0.54, heads: 0.92, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.85, idle: 0.01, twins: 0.01, text: 1.01, idleText: 0.12, tables: 0.1, jpeg: 1, jpx: 0.59, ccitt: 0.63, jbig2: 1.1, bilevel: 0.44, indexed: 0.7, samples: 0.75, mask: 0.69 },
    jpeg: [-0.4, 1.2, -1.21, 0.51],
    samples: [-0.1, 0.73, -0.5],
    mostUnsure: 0.217,
    sure: { below: 0.092, above: 0.054 },
    unsure: { below: 0.737, above: 0.556 },
  },
  high: {
    file: 400,
    left: { type1Fonts: 0.93, cffFonts: 0.99, outlines: 0.95, hints: 0, idleTables: 0, wholeOutlines: 0.89, lockedFonts: 0.19, unreadFonts: 0.98, wholeFonts: 0.87, contents: 0.94, forms: 0.95, oldPacking: 0.59, characters: 0.94, profiles: 0.48, metadata: 0.8, statements: 1, descriptions: 0.53, heads: 0.92, metadataOfParts: 0.05, packedObjects: 0.78, others: 0.85, idle: 0, twins: 0.03, text: 1.01, idleText: 0.09, tables: 0.11, jpeg: 1, jpx: 0.54, ccitt: 0.63, jbig2: 1.08, bilevel: 0.45, indexed: 0.7, samples: 0.77, mask: 0.55 },
    jpeg: [-0.5, 1.26, -1.9, 0.66],
    samples: [-0.14, 0.74, -0.5],
    mostUnsure: -1,
    sure: { below: 0, above: 0 },
    unsure: { below: 0.737, above: 0.735 },
  },
  maximum: {
    file: 400,
    left: { type1Fonts: 0.93, cffFonts: 0.99, outlines: 0.93, hints: 0.01, idleTables: 0, wholeOutlines: 0.87, lockedFonts: 0.19, unreadFonts: 0.97, wholeFonts: 0.84, contents: 0.94, forms: 0.95, oldPacking: 0.59, characters: 0.95, profiles: 0.49, metadata: 0.78, statements: 0.99, descriptions: 0.5, heads: 0.92, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.85, idle: 0, twins: 0.03, text: 1.01, idleText: 0.09, tables: 0.12, jpeg: 1, jpx: 0.54, ccitt: 0.63, jbig2: 1.07, bilevel: 0.45, indexed: 0.7, samples: 0.75, mask: 0.55 },
    jpeg: [-0.57, 1.21, -1.96, 0.7],
    samples: [-0.14, 0.76, -0.5],
    mostUnsure: -1,
    sure: { below: 0, above: 0 },
    unsure: { below: 0.737, above: 0.746 },
  },
}
