import type { Constants, Level } from './levels.ts'

/** The levels, by their digest, and the number of files that the constants were fitted to. */
export const fittedTo = { levels: '8c13ad1b5b5c35c8', files: 272 }

/** Fitted to the real compression by bench/fit-estimate.ts, which writes this file. */
// prettier-ignore
export const constants: Record<Level, Constants> = {
  low: {
    file: 440,
    left: { type1Fonts: 0.32, cffFonts: 0.92, outlines: 1.04, hints: 1.01, idleTables: 0.01, wholeOutlines: 0.83, lockedFonts: 0.97, wholeFonts: 0.97, sharedFonts: 0.84, contents: 1.04, forms: 1, oldPacking: 0.65, characters: 1.01, profiles: 1.02, metadata: 0.8, statements: 1.1, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.88, idle: 0, twins: 0.06, text: 1.1, idleText: 0.03, tables: 0.18, jpeg: 1, jpx: 0.96, ccitt: 0.67, jbig2: 0.86, bilevel: 0.46, indexed: 0.87, samples: 0.91, mask: 0.94 },
    jpeg: [-0.01, 0.75, -0.53, 0.54, -0.36],
    samples: [-1.04, 0.64, -0.71],
    below: { type1Fonts: 0.24, cffFonts: 0.241, outlines: 0.241, hints: 0.09, idleTables: 0.09, wholeOutlines: 0.801, lockedFonts: 1, wholeFonts: 0.801, sharedFonts: 0.4, contents: 0.181, forms: 0.2, oldPacking: 0.301, characters: 0.241, profiles: 0.151, metadata: 0.301, statements: 0.09, metadataOfParts: 0.09, packedObjects: 0.3, others: 0.301, idle: 0.151, twins: 0.151, text: 0.241, idleText: 0.09, tables: 0.09, jpeg: 0.601, jpx: 0.601, ccitt: 0.241, jbig2: 0.151, bilevel: 0.3, indexed: 0.4, samples: 0.5, mask: 0.3 },
    above: { type1Fonts: 0.263, cffFonts: 0.229, outlines: 0.229, hints: 0.086, idleTables: 0.086, wholeOutlines: 0.877, lockedFonts: 1, wholeFonts: 0.877, sharedFonts: 0.439, contents: 0.172, forms: 0.219, oldPacking: 0.287, characters: 0.229, profiles: 0.143, metadata: 0.287, statements: 0.086, metadataOfParts: 0.086, packedObjects: 0.329, others: 0.287, idle: 0.143, twins: 0.143, text: 0.229, idleText: 0.086, tables: 0.086, jpeg: 0.658, jpx: 0.658, ccitt: 0.229, jbig2: 0.143, bilevel: 0.329, indexed: 0.439, samples: 0.548, mask: 0.329 },
  },
  medium: {
    file: 460,
    left: { type1Fonts: 0.32, cffFonts: 0.9, outlines: 1.02, hints: 0.03, idleTables: 0.02, wholeOutlines: 0.73, lockedFonts: 0.73, wholeFonts: 0.98, sharedFonts: 0.84, contents: 1.03, forms: 1.1, oldPacking: 0.65, characters: 0.95, profiles: 1.01, metadata: 0.77, statements: 1.1, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.85, idle: 0, twins: 0.07, text: 1.1, idleText: 0.03, tables: 0.16, jpeg: 1, jpx: 0.96, ccitt: 0.69, jbig2: 0.87, bilevel: 0.45, indexed: 0.87, samples: 0.9, mask: 0.91 },
    jpeg: [-0.51, 0.67, -1, 0.42, -0.27],
    samples: [-1.1, 0.63, -0.77],
    below: { type1Fonts: 0.238, cffFonts: 0.238, outlines: 0.238, hints: 0.089, idleTables: 0.089, wholeOutlines: 0.794, lockedFonts: 0.993, wholeFonts: 0.794, sharedFonts: 0.397, contents: 0.179, forms: 0.199, oldPacking: 0.298, characters: 0.238, profiles: 0.149, metadata: 0.298, statements: 0.089, metadataOfParts: 0.089, packedObjects: 0.298, others: 0.298, idle: 0.149, twins: 0.149, text: 0.238, idleText: 0.089, tables: 0.089, jpeg: 0.596, jpx: 0.596, ccitt: 0.238, jbig2: 0.149, bilevel: 0.298, indexed: 0.397, samples: 0.496, mask: 0.298 },
    above: { type1Fonts: 0.234, cffFonts: 0.277, outlines: 0.277, hints: 0.104, idleTables: 0.104, wholeOutlines: 0.781, lockedFonts: 0.977, wholeFonts: 0.781, sharedFonts: 0.391, contents: 0.208, forms: 0.195, oldPacking: 0.346, characters: 0.277, profiles: 0.173, metadata: 0.346, statements: 0.104, metadataOfParts: 0.104, packedObjects: 0.293, others: 0.346, idle: 0.173, twins: 0.173, text: 0.277, idleText: 0.104, tables: 0.104, jpeg: 0.586, jpx: 0.586, ccitt: 0.277, jbig2: 0.173, bilevel: 0.293, indexed: 0.391, samples: 0.488, mask: 0.293 },
  },
  high: {
    file: 320,
    left: { type1Fonts: 0.32, cffFonts: 0.91, outlines: 1, hints: 0.04, idleTables: 0.02, wholeOutlines: 0.71, lockedFonts: 0.73, wholeFonts: 0.97, sharedFonts: 0.83, contents: 1.02, forms: 1.1, oldPacking: 0.65, characters: 0.95, profiles: 1.03, metadata: 0.67, statements: 0.97, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.85, idle: 0, twins: 0.08, text: 1.1, idleText: 0, tables: 0.21, jpeg: 1, jpx: 0.97, ccitt: 0.7, jbig2: 0.9, bilevel: 0.44, indexed: 0.87, samples: 0.95, mask: 0.79 },
    jpeg: [-0.5, 0.73, -1, 0.27, -0.63],
    samples: [-1.1, 0.57, -0.7],
    below: { type1Fonts: 0.22, cffFonts: 0.281, outlines: 0.281, hints: 0.105, idleTables: 0.105, wholeOutlines: 0.733, lockedFonts: 0.916, wholeFonts: 0.733, sharedFonts: 0.367, contents: 0.211, forms: 0.183, oldPacking: 0.351, characters: 0.281, profiles: 0.175, metadata: 0.351, statements: 0.105, metadataOfParts: 0.105, packedObjects: 0.275, others: 0.351, idle: 0.175, twins: 0.175, text: 0.281, idleText: 0.105, tables: 0.105, jpeg: 0.55, jpx: 0.55, ccitt: 0.281, jbig2: 0.175, bilevel: 0.275, indexed: 0.367, samples: 0.458, mask: 0.275 },
    above: { type1Fonts: 0.345, cffFonts: 0.276, outlines: 0.276, hints: 0.103, idleTables: 0.103, wholeOutlines: 1, lockedFonts: 1, wholeFonts: 1, sharedFonts: 0.576, contents: 0.207, forms: 0.288, oldPacking: 0.345, characters: 0.276, profiles: 0.172, metadata: 0.345, statements: 0.103, metadataOfParts: 0.103, packedObjects: 0.432, others: 0.345, idle: 0.172, twins: 0.172, text: 0.276, idleText: 0.103, tables: 0.103, jpeg: 0.863, jpx: 0.863, ccitt: 0.276, jbig2: 0.172, bilevel: 0.432, indexed: 0.576, samples: 0.719, mask: 0.432 },
  },
  maximum: {
    file: 400,
    left: { type1Fonts: 0.32, cffFonts: 0.94, outlines: 0.92, hints: 0.06, idleTables: 0.02, wholeOutlines: 0.68, lockedFonts: 0.77, wholeFonts: 0.95, sharedFonts: 0.87, contents: 0.95, forms: 1.1, oldPacking: 0.58, characters: 0.95, profiles: 1, metadata: 0.67, statements: 0.97, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.85, idle: 0, twins: 0, text: 0.98, idleText: 0, tables: 0.22, jpeg: 1, jpx: 0.96, ccitt: 0.69, jbig2: 0.92, bilevel: 0.45, indexed: 0.87, samples: 0.87, mask: 0.78 },
    jpeg: [-0.8, 0.7, -1.17, 0.27, -0.5],
    samples: [-1.11, 0.6, -0.75],
    below: { type1Fonts: 0.228, cffFonts: 0.282, outlines: 0.282, hints: 0.106, idleTables: 0.106, wholeOutlines: 0.761, lockedFonts: 0.951, wholeFonts: 0.761, sharedFonts: 0.38, contents: 0.212, forms: 0.19, oldPacking: 0.353, characters: 0.282, profiles: 0.176, metadata: 0.353, statements: 0.106, metadataOfParts: 0.106, packedObjects: 0.285, others: 0.353, idle: 0.176, twins: 0.176, text: 0.282, idleText: 0.106, tables: 0.106, jpeg: 0.571, jpx: 0.571, ccitt: 0.282, jbig2: 0.176, bilevel: 0.285, indexed: 0.38, samples: 0.475, mask: 0.285 },
    above: { type1Fonts: 0.372, cffFonts: 0.287, outlines: 0.287, hints: 0.107, idleTables: 0.107, wholeOutlines: 1, lockedFonts: 1, wholeFonts: 1, sharedFonts: 0.619, contents: 0.215, forms: 0.31, oldPacking: 0.358, characters: 0.287, profiles: 0.179, metadata: 0.358, statements: 0.107, metadataOfParts: 0.107, packedObjects: 0.464, others: 0.358, idle: 0.179, twins: 0.179, text: 0.287, idleText: 0.107, tables: 0.107, jpeg: 0.929, jpx: 0.929, ccitt: 0.287, jbig2: 0.179, bilevel: 0.464, indexed: 0.619, samples: 0.774, mask: 0.464 },
  },
}
