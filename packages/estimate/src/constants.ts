import type { Constants, Level } from './levels.ts'

/** The levels, by their digest, and the number of files that the constants were fitted to. */
export const fittedTo = { levels: '22f195af2166f5b6', files: 240 }

/** Fitted to the real compression by bench/fit-estimate.ts, which writes this file. */
// prettier-ignore
export const constants: Record<Level, Constants> = {
  low: {
    file: 550,
    left: { type1Fonts: 0.9, cffFonts: 1.03, outlines: 0.28, hints: 1.09, idleTables: 0, wholeOutlines: 0.12, lockedFonts: 0.88, unreadFonts: 0.97, wholeFonts: 0.38, sharedFonts: 0.93, contents: 0.95, forms: 0.96, oldPacking: 0.6, characters: 1, profiles: 0.97, metadata: 0.82, statements: 1.1, descriptions: 0.99, heads: 0.93, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.81, idle: 0.01, twins: 0, text: 1.01, idleText: 0.07, tables: 0.07, jpeg: 1, jpx: 0.93, ccitt: 0.67, jbig2: 1.06, bilevel: 0.43, indexed: 0.9, samples: 0.98, mask: 1.03 },
    jpeg: [-0.2, 1.2, -1.13, 0.5],
    samples: [-0.77, 0.66, -0.81],
    mostUnsure: 0.051,
    sure: { below: 0.076, above: 0.066 },
    unsure: { below: 1.104, above: 0.895 },
  },
  medium: {
    file: 590,
    left: { type1Fonts: 0.89, cffFonts: 1.02, outlines: 0.27, hints: 0.15, idleTables: 0.01, wholeOutlines: 0.14, lockedFonts: 0.18, unreadFonts: 0.84, wholeFonts: 0.37, sharedFonts: 0.94, contents: 0.95, forms: 0.81, oldPacking: 0.6, characters: 1.01, profiles: 0.96, metadata: 0.8, statements: 1.1, descriptions: 0.99, heads: 0.96, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.75, idle: 0.02, twins: 0, text: 1.01, idleText: 0.09, tables: 0.03, jpeg: 1, jpx: 0.58, ccitt: 0.68, jbig2: 1.05, bilevel: 0.44, indexed: 0.9, samples: 0.98, mask: 1.03 },
    jpeg: [-0.41, 1.22, -1.14, 0.55],
    samples: [-0.84, 0.64, -0.83],
    mostUnsure: 0.052,
    sure: { below: 0.102, above: 0.046 },
    unsure: { below: 0.686, above: 1.022 },
  },
  high: {
    file: 590,
    left: { type1Fonts: 0.89, cffFonts: 1.01, outlines: 0.28, hints: 0.14, idleTables: 0.01, wholeOutlines: 0.14, lockedFonts: 0.18, unreadFonts: 0.84, wholeFonts: 0.4, sharedFonts: 0.94, contents: 0.95, forms: 0.8, oldPacking: 0.6, characters: 1.03, profiles: 0.96, metadata: 0.79, statements: 1.1, descriptions: 0.99, heads: 0.95, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.75, idle: 0.02, twins: 0, text: 1.01, idleText: 0.08, tables: 0.03, jpeg: 1, jpx: 0.52, ccitt: 0.67, jbig2: 1.05, bilevel: 0.44, indexed: 0.9, samples: 0.95, mask: 0.88 },
    jpeg: [-0.5, 1.27, -1.2, 0.67],
    samples: [-0.85, 0.63, -0.86],
    mostUnsure: 0.061,
    sure: { below: 0.074, above: 0.076 },
    unsure: { below: 0.654, above: 0.907 },
  },
  maximum: {
    file: 600,
    left: { type1Fonts: 0.89, cffFonts: 1.02, outlines: 0.29, hints: 0.14, idleTables: 0.01, wholeOutlines: 0.15, lockedFonts: 0.18, unreadFonts: 0.84, wholeFonts: 0.4, sharedFonts: 0.94, contents: 0.94, forms: 0.79, oldPacking: 0.6, characters: 1.03, profiles: 0.96, metadata: 0.77, statements: 1.1, descriptions: 0.98, heads: 0.97, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.75, idle: 0.02, twins: 0, text: 1.01, idleText: 0.08, tables: 0.03, jpeg: 1, jpx: 0.52, ccitt: 0.67, jbig2: 1.04, bilevel: 0.44, indexed: 0.9, samples: 0.95, mask: 0.89 },
    jpeg: [-0.57, 1.21, -1.87, 0.7],
    samples: [-0.86, 0.64, -0.84],
    mostUnsure: 0.061,
    sure: { below: 0.074, above: 0.073 },
    unsure: { below: 0.664, above: 1.013 },
  },
}
