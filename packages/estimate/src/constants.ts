import type { Constants, Level } from './levels.ts'

/** The levels, by their digest, and the number of files that the constants were fitted to. */
export const fittedTo = { levels: 'b47b837c0334cb73', files: 240 }

/** Fitted to the real compression by bench/fit-estimate.ts, which writes this file. */
// prettier-ignore
export const constants: Record<Level, Constants> = {
  low: {
    file: 510,
    left: { type1Fonts: 0.96, cffFonts: 0.96, outlines: 0.97, hints: 0.95, idleTables: 0, wholeOutlines: 0.13, lockedFonts: 0.89, unreadFonts: 1.01, wholeFonts: 0.97, sharedFonts: 0.89, contents: 0.93, forms: 0.8, oldPacking: 0.6, characters: 0.96, profiles: 0.97, metadata: 0.94, statements: 1.03, descriptions: 1, heads: 0.82, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.82, idle: 0.01, twins: 0, text: 1.02, idleText: 0.07, tables: 0, jpeg: 1, jpx: 0.94, ccitt: 0.67, jbig2: 0.93, bilevel: 0.46, indexed: 0.9, samples: 0.95, mask: 0.82 },
    jpeg: [-0.21, 1.19, -1.14, 0.49],
    samples: [-0.73, 0.66, -0.84],
    mostUnsure: -1,
    sure: { below: 0, above: 0 },
    unsure: { below: 1.014, above: 0.524 },
  },
  medium: {
    file: 460,
    left: { type1Fonts: 0.96, cffFonts: 0.93, outlines: 0.94, hints: 0, idleTables: 0.03, wholeOutlines: 0.23, lockedFonts: 0.19, unreadFonts: 1.01, wholeFonts: 0.96, sharedFonts: 0.89, contents: 0.93, forms: 0.8, oldPacking: 0.6, characters: 0.97, profiles: 0.98, metadata: 0.96, statements: 1.03, descriptions: 1, heads: 0.83, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.82, idle: 0.01, twins: 0, text: 1.02, idleText: 0.09, tables: 0.02, jpeg: 1, jpx: 0.94, ccitt: 0.67, jbig2: 0.93, bilevel: 0.45, indexed: 0.9, samples: 0.95, mask: 0.82 },
    jpeg: [-0.4, 1.22, -1.16, 0.53],
    samples: [-0.78, 0.62, -0.88],
    mostUnsure: 0.101,
    sure: { below: 0.112, above: 0.037 },
    unsure: { below: 0.412, above: 0.5 },
  },
  high: {
    file: 480,
    left: { type1Fonts: 0.96, cffFonts: 0.92, outlines: 0.94, hints: 0, idleTables: 0.03, wholeOutlines: 0.24, lockedFonts: 0.19, unreadFonts: 1.01, wholeFonts: 0.96, sharedFonts: 0.89, contents: 0.93, forms: 0.8, oldPacking: 0.6, characters: 0.98, profiles: 0.98, metadata: 0.93, statements: 1.03, descriptions: 1, heads: 0.82, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.82, idle: 0.01, twins: 0, text: 1.02, idleText: 0.08, tables: 0, jpeg: 1, jpx: 0.93, ccitt: 0.67, jbig2: 0.93, bilevel: 0.45, indexed: 0.9, samples: 0.92, mask: 0.75 },
    jpeg: [-0.5, 1.27, -1.2, 0.67],
    samples: [-0.8, 0.61, -0.88],
    mostUnsure: 0.101,
    sure: { below: 0.112, above: 0.038 },
    unsure: { below: 0.438, above: 0.518 },
  },
  maximum: {
    file: 490,
    left: { type1Fonts: 0.96, cffFonts: 0.94, outlines: 0.94, hints: 0, idleTables: 0.03, wholeOutlines: 0.24, lockedFonts: 0.19, unreadFonts: 1.01, wholeFonts: 0.95, sharedFonts: 0.89, contents: 0.93, forms: 0.8, oldPacking: 0.6, characters: 0.97, profiles: 0.98, metadata: 0.93, statements: 1.03, descriptions: 1, heads: 0.82, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.82, idle: 0.01, twins: 0, text: 1.02, idleText: 0.08, tables: 0, jpeg: 1, jpx: 0.94, ccitt: 0.67, jbig2: 0.93, bilevel: 0.45, indexed: 0.9, samples: 0.92, mask: 0.75 },
    jpeg: [-0.63, 1.33, -1.2, 0.87],
    samples: [-0.81, 0.61, -0.9],
    mostUnsure: 0.142,
    sure: { below: 0.106, above: 0.039 },
    unsure: { below: 0.417, above: 0.515 },
  },
}
