import type { Constants, Level } from './levels.ts'

/** The levels, by their digest, and the number of files that the constants were fitted to. */
export const fittedTo = { levels: 'b47b837c0334cb73', files: 240 }

/** Fitted to the real compression by bench/fit-estimate.ts, which writes this file. */
// prettier-ignore
export const constants: Record<Level, Constants> = {
  low: {
    file: 500,
    left: { type1Fonts: 0.96, cffFonts: 0.96, outlines: 0.92, hints: 0.97, idleTables: 0, wholeOutlines: 0.13, lockedFonts: 0.89, unreadFonts: 1.01, wholeFonts: 0.96, sharedFonts: 0.89, contents: 0.93, forms: 0.82, oldPacking: 0.6, characters: 0.98, profiles: 0.97, metadata: 0.94, statements: 1.03, descriptions: 1, heads: 0.81, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.82, idle: 0.01, twins: 0, text: 1.02, idleText: 0.07, tables: 0.01, jpeg: 1, jpx: 0.94, ccitt: 0.68, jbig2: 0.93, bilevel: 0.46, indexed: 0.9, samples: 0.95, mask: 0.85 },
    jpeg: [-0.21, 1.2, -1.13, 0.5],
    samples: [-0.72, 0.66, -0.84],
    mostUnsure: 0.053,
    sure: { below: 0.103, above: 0.043 },
    unsure: { below: 0.39, above: 0.499 },
  },
  medium: {
    file: 480,
    left: { type1Fonts: 0.96, cffFonts: 0.93, outlines: 0.93, hints: 0.01, idleTables: 0.02, wholeOutlines: 0.23, lockedFonts: 0.19, unreadFonts: 1.02, wholeFonts: 0.96, sharedFonts: 0.89, contents: 0.93, forms: 0.8, oldPacking: 0.6, characters: 0.97, profiles: 0.98, metadata: 0.96, statements: 1.03, descriptions: 1, heads: 0.82, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.79, idle: 0.01, twins: 0, text: 1.02, idleText: 0.08, tables: 0, jpeg: 1, jpx: 0.93, ccitt: 0.67, jbig2: 0.93, bilevel: 0.45, indexed: 0.9, samples: 0.95, mask: 0.83 },
    jpeg: [-0.34, 1.22, -1.21, 0.6],
    samples: [-0.8, 0.61, -0.88],
    mostUnsure: 0.101,
    sure: { below: 0.112, above: 0.038 },
    unsure: { below: 0.412, above: 0.496 },
  },
  high: {
    file: 470,
    left: { type1Fonts: 0.96, cffFonts: 0.93, outlines: 0.93, hints: 0.01, idleTables: 0.02, wholeOutlines: 0.24, lockedFonts: 0.19, unreadFonts: 1.01, wholeFonts: 0.96, sharedFonts: 0.89, contents: 0.93, forms: 0.81, oldPacking: 0.6, characters: 0.98, profiles: 0.98, metadata: 0.94, statements: 1.03, descriptions: 1, heads: 0.81, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.82, idle: 0.01, twins: 0, text: 1.02, idleText: 0.08, tables: 0.01, jpeg: 1, jpx: 0.93, ccitt: 0.67, jbig2: 0.93, bilevel: 0.45, indexed: 0.9, samples: 0.92, mask: 0.75 },
    jpeg: [-0.5, 1.27, -1.2, 0.67],
    samples: [-0.81, 0.6, -0.9],
    mostUnsure: 0.046,
    sure: { below: 0.118, above: 0.028 },
    unsure: { below: 0.412, above: 0.5 },
  },
  maximum: {
    file: 490,
    left: { type1Fonts: 0.96, cffFonts: 0.94, outlines: 0.93, hints: 0.01, idleTables: 0.02, wholeOutlines: 0.24, lockedFonts: 0.19, unreadFonts: 1.02, wholeFonts: 0.96, sharedFonts: 0.89, contents: 0.93, forms: 0.8, oldPacking: 0.6, characters: 0.95, profiles: 0.98, metadata: 0.93, statements: 1.03, descriptions: 1, heads: 0.82, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.82, idle: 0.01, twins: 0, text: 1.01, idleText: 0.08, tables: 0, jpeg: 1, jpx: 0.94, ccitt: 0.67, jbig2: 0.93, bilevel: 0.45, indexed: 0.9, samples: 0.92, mask: 0.75 },
    jpeg: [-0.63, 1.33, -1.2, 0.87],
    samples: [-0.81, 0.61, -0.9],
    mostUnsure: 0.101,
    sure: { below: 0.112, above: 0.038 },
    unsure: { below: 0.417, above: 0.518 },
  },
}
