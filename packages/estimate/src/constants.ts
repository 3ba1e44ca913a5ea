import type { Constants, Level } from './levels.ts'

/** The levels, by their digest, and the number of files that the constants were fitted to. */
export const fittedTo = { levels: '22f195af2166f5b6', files: 240 }

/** Fitted to the real compression by bench/fit-estimate.ts, which writes this file. */
// prettier-ignore
export const constants: Record<Level, Constants> = {
  low: {
    file: 490,
    left: { type1Fonts: 0.94, cffFonts: 1.03, outlines: 0.98, hints: 0.94, idleTables: 0, wholeOutlines: 0.93, lockedFonts: 0.89, unreadFonts: 1, wholeFonts: 0.8, contents: 0.94, forms: 0.95, oldPacking: 0.59, characters: 0.92, profiles: 0.94, metadata: 0.83, statements: 1.03, descriptions: 0.99, heads: 0.96, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.85, idle: 0.01, twins: 0, text: 1.01, idleText: 0.13, tables: 0.05, jpeg: 1, jpx: 0.93, ccitt: 0.67, jbig2: 1, bilevel: 0.44, indexed: 0.9, samples: 0.75, mask: 0.85 },
    jpeg: [-0.04, 0.93, -1.73, 0.39],
    samples: [-0.03, 0.73, -0.5],
    mostUnsure: 0.436,
    sure: { below: 0.076, above: 0.074 },
    unsure: { below: 0.799, above: 0.654 },
  },
  medium: {
    file: 490,
    left: { type1Fonts: 0.93, cffFonts: 1.01, outlines: 0.94, hints: 0, idleTables: 0, wholeOutlines: 0.88, lockedFonts: 0.19, unreadFonts: 1, wholeFonts: 0.81, contents: 0.94, forms: 0.96, oldPacking: 0.59, characters: 0.94, profiles: 0.96, metadata: 0.84, statements: 1.03, descriptions: 0.99, heads: 0.95, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.85, idle: 0, twins: 0, text: 1.02, idleText: 0.12, tables: 0.03, jpeg: 1, jpx: 0.58, ccitt: 0.65, jbig2: 1.01, bilevel: 0.45, indexed: 0.87, samples: 0.74, mask: 0.85 },
    jpeg: [-0.33, 1.19, -1.24, 0.54],
    samples: [-0.14, 0.7, -0.5],
    mostUnsure: 0.414,
    sure: { below: 0.088, above: 0.059 },
    unsure: { below: 0.799, above: 0.732 },
  },
  high: {
    file: 490,
    left: { type1Fonts: 0.94, cffFonts: 1.01, outlines: 0.94, hints: 0, idleTables: 0, wholeOutlines: 0.89, lockedFonts: 0.19, unreadFonts: 1, wholeFonts: 0.81, contents: 0.94, forms: 0.96, oldPacking: 0.59, characters: 0.95, profiles: 0.96, metadata: 0.83, statements: 1.03, descriptions: 0.99, heads: 0.95, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.85, idle: 0, twins: 0, text: 1.01, idleText: 0.12, tables: 0.04, jpeg: 1, jpx: 0.52, ccitt: 0.65, jbig2: 1, bilevel: 0.45, indexed: 0.83, samples: 0.75, mask: 0.69 },
    jpeg: [-0.5, 1.27, -1.2, 0.67],
    samples: [-0.17, 0.71, -0.5],
    mostUnsure: 0.273,
    sure: { below: 0.072, above: 0.078 },
    unsure: { below: 0.728, above: 0.628 },
  },
  maximum: {
    file: 480,
    left: { type1Fonts: 0.93, cffFonts: 1.02, outlines: 0.94, hints: 0, idleTables: 0, wholeOutlines: 0.88, lockedFonts: 0.19, unreadFonts: 1, wholeFonts: 0.81, contents: 0.94, forms: 0.96, oldPacking: 0.59, characters: 0.95, profiles: 0.96, metadata: 0.82, statements: 1.02, descriptions: 0.99, heads: 0.95, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.85, idle: 0, twins: 0, text: 1.01, idleText: 0.12, tables: 0.06, jpeg: 1, jpx: 0.52, ccitt: 0.65, jbig2: 1.01, bilevel: 0.45, indexed: 0.84, samples: 0.75, mask: 0.69 },
    jpeg: [-0.53, 1.23, -1.87, 0.67],
    samples: [-0.2, 0.71, -0.59],
    mostUnsure: 0.252,
    sure: { below: 0.051, above: 0.097 },
    unsure: { below: 0.72, above: 0.741 },
  },
}
