import type { Constants, Level } from './levels.ts'

/** The levels, by their digest, and the number of files that the constants were fitted to. */
export const fittedTo = { levels: 'b47b837c0334cb73', files: 240 }

/** Fitted to the real compression by bench/fit-estimate.ts, which writes this file. */
// prettier-ignore
export const constants: Record<Level, Constants> = {
  low: {
    file: 510,
    left: { type1Fonts: 0.95, cffFonts: 0.97, outlines: 0.92, hints: 0.96, idleTables: 0, wholeOutlines: 0.13, lockedFonts: 0.89, unreadFonts: 0.98, wholeFonts: 0.98, sharedFonts: 0.88, contents: 0.94, forms: 0.86, oldPacking: 0.6, characters: 0.99, profiles: 0.95, metadata: 0.88, statements: 1.02, descriptions: 1, heads: 0.97, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.82, idle: 0.01, twins: 0, text: 1.01, idleText: 0.1, tables: 0.04, jpeg: 1, jpx: 0.94, ccitt: 0.67, jbig2: 0.93, bilevel: 0.46, indexed: 0.9, samples: 0.95, mask: 0.85 },
    jpeg: [-0.21, 1.2, -1.13, 0.5],
    samples: [-0.75, 0.67, -0.8],
    mostUnsure: -1,
    sure: { below: 0, above: 0 },
    unsure: { below: 1.1, above: 0.595 },
  },
  medium: {
    file: 460,
    left: { type1Fonts: 0.96, cffFonts: 0.96, outlines: 0.93, hints: 0.01, idleTables: 0.02, wholeOutlines: 0.24, lockedFonts: 0.19, unreadFonts: 0.99, wholeFonts: 0.97, sharedFonts: 0.9, contents: 0.93, forms: 0.83, oldPacking: 0.59, characters: 0.95, profiles: 0.96, metadata: 0.92, statements: 1, descriptions: 1, heads: 0.99, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.82, idle: 0.02, twins: 0, text: 1.01, idleText: 0.12, tables: 0.05, jpeg: 1, jpx: 0.93, ccitt: 0.67, jbig2: 0.93, bilevel: 0.45, indexed: 0.9, samples: 0.95, mask: 0.84 },
    jpeg: [-0.4, 1.23, -1.16, 0.54],
    samples: [-0.8, 0.63, -0.84],
    mostUnsure: -1,
    sure: { below: 0, above: 0 },
    unsure: { below: 0.9, above: 0.638 },
  },
  high: {
    file: 470,
    left: { type1Fonts: 0.96, cffFonts: 0.95, outlines: 0.93, hints: 0.01, idleTables: 0.02, wholeOutlines: 0.24, lockedFonts: 0.19, unreadFonts: 0.99, wholeFonts: 0.98, sharedFonts: 0.9, contents: 0.93, forms: 0.83, oldPacking: 0.59, characters: 0.95, profiles: 0.96, metadata: 0.89, statements: 1, descriptions: 1, heads: 0.98, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.82, idle: 0.01, twins: 0, text: 1.01, idleText: 0.12, tables: 0.05, jpeg: 1, jpx: 0.94, ccitt: 0.67, jbig2: 0.93, bilevel: 0.45, indexed: 0.9, samples: 0.95, mask: 0.75 },
    jpeg: [-0.5, 1.27, -1.2, 0.67],
    samples: [-0.83, 0.61, -0.88],
    mostUnsure: -1,
    sure: { below: 0, above: 0 },
    unsure: { below: 0.899, above: 0.751 },
  },
  maximum: {
    file: 470,
    left: { type1Fonts: 0.96, cffFonts: 0.97, outlines: 0.93, hints: 0.01, idleTables: 0.02, wholeOutlines: 0.24, lockedFonts: 0.19, unreadFonts: 0.99, wholeFonts: 0.97, sharedFonts: 0.9, contents: 0.93, forms: 0.84, oldPacking: 0.59, characters: 0.94, profiles: 0.96, metadata: 0.89, statements: 1, descriptions: 1, heads: 0.97, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.82, idle: 0.01, twins: 0, text: 1.01, idleText: 0.12, tables: 0.05, jpeg: 1, jpx: 0.94, ccitt: 0.67, jbig2: 0.93, bilevel: 0.45, indexed: 0.9, samples: 0.95, mask: 0.75 },
    jpeg: [-0.63, 1.33, -1.2, 0.87],
    samples: [-0.82, 0.63, -0.87],
    mostUnsure: -1,
    sure: { below: 0, above: 0 },
    unsure: { below: 0.89, above: 0.747 },
  },
}
