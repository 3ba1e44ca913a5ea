import type { Constants, Level } from './levels.ts'

/** The levels, by their digest, and the number of files that the constants were fitted to. */
export const fittedTo = { levels: 'b47b837c0334cb73', files: 240 }

/** Fitted to the real compression by bench/fit-estimate.ts, which writes this file. */
// prettier-ignore
export const constants: Record<Level, Constants> = {
  low: {
    file: 540,
    left: { type1Fonts: 0.32, cffFonts: 1.06, outlines: 0.81, hints: 1.01, idleTables: 0, wholeOutlines: 0.02, lockedFonts: 0.93, wholeFonts: 0.97, sharedFonts: 0.87, contents: 0.94, forms: 0.95, oldPacking: 0.59, characters: 1.1, profiles: 1.01, metadata: 0.87, statements: 1.1, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.82, idle: 0, twins: 0, text: 1.06, idleText: 0, tables: 0.22, jpeg: 1, jpx: 0.93, ccitt: 0.66, jbig2: 0.94, bilevel: 0.46, indexed: 0.87, samples: 0.85, mask: 0.85 },
    jpeg: [-0.4, 0.5, -1.1, 0.19, 0],
    samples: [-1.21, 0.52, -0.75],
    below: { type1Fonts: 0.16, cffFonts: 0.333, outlines: 0.333, hints: 0.125, idleTables: 0.125, wholeOutlines: 0.533, lockedFonts: 0.666, wholeFonts: 0.533, sharedFonts: 0.267, contents: 0.25, forms: 0.133, oldPacking: 0.416, characters: 0.333, profiles: 0.208, metadata: 0.416, statements: 0.125, metadataOfParts: 0.125, packedObjects: 0.2, others: 0.416, idle: 0.208, twins: 0.208, text: 0.333, idleText: 0.125, tables: 0.125, jpeg: 0.4, jpx: 0.4, ccitt: 0.333, jbig2: 0.208, bilevel: 0.2, indexed: 0.267, samples: 0.333, mask: 0.2 },
    above: { type1Fonts: 0.221, cffFonts: 0.187, outlines: 0.187, hints: 0.07, idleTables: 0.07, wholeOutlines: 0.737, lockedFonts: 0.922, wholeFonts: 0.737, sharedFonts: 0.369, contents: 0.14, forms: 0.184, oldPacking: 0.234, characters: 0.187, profiles: 0.117, metadata: 0.234, statements: 0.07, metadataOfParts: 0.07, packedObjects: 0.277, others: 0.234, idle: 0.117, twins: 0.117, text: 0.187, idleText: 0.07, tables: 0.07, jpeg: 0.553, jpx: 0.553, ccitt: 0.187, jbig2: 0.117, bilevel: 0.277, indexed: 0.369, samples: 0.461, mask: 0.277 },
  },
  medium: {
    file: 530,
    left: { type1Fonts: 0.33, cffFonts: 1.06, outlines: 0.77, hints: 0.08, idleTables: 0, wholeOutlines: 0.18, lockedFonts: 0.8, wholeFonts: 0.97, sharedFonts: 0.87, contents: 0.92, forms: 1.01, oldPacking: 0.59, characters: 1.1, profiles: 1.01, metadata: 0.86, statements: 1.1, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.85, idle: 0.01, twins: 0, text: 1.06, idleText: 0.03, tables: 0.21, jpeg: 1, jpx: 0.93, ccitt: 0.6, jbig2: 0.93, bilevel: 0.44, indexed: 0.87, samples: 0.85, mask: 0.85 },
    jpeg: [-0.6, 0.4, -1.1, 0.2, 0],
    samples: [-1.27, 0.5, -0.8],
    below: { type1Fonts: 0.191, cffFonts: 0.335, outlines: 0.335, hints: 0.126, idleTables: 0.126, wholeOutlines: 0.637, lockedFonts: 0.796, wholeFonts: 0.637, sharedFonts: 0.318, contents: 0.252, forms: 0.159, oldPacking: 0.419, characters: 0.335, profiles: 0.21, metadata: 0.419, statements: 0.126, metadataOfParts: 0.126, packedObjects: 0.239, others: 0.419, idle: 0.21, twins: 0.21, text: 0.335, idleText: 0.126, tables: 0.126, jpeg: 0.478, jpx: 0.478, ccitt: 0.335, jbig2: 0.21, bilevel: 0.239, indexed: 0.318, samples: 0.398, mask: 0.239 },
    above: { type1Fonts: 0.182, cffFonts: 0.462, outlines: 0.462, hints: 0.173, idleTables: 0.173, wholeOutlines: 0.606, lockedFonts: 0.757, wholeFonts: 0.606, sharedFonts: 0.303, contents: 0.347, forms: 0.151, oldPacking: 0.578, characters: 0.462, profiles: 0.289, metadata: 0.578, statements: 0.173, metadataOfParts: 0.173, packedObjects: 0.227, others: 0.578, idle: 0.289, twins: 0.289, text: 0.462, idleText: 0.173, tables: 0.173, jpeg: 0.454, jpx: 0.454, ccitt: 0.462, jbig2: 0.289, bilevel: 0.227, indexed: 0.303, samples: 0.379, mask: 0.227 },
  },
  high: {
    file: 530,
    left: { type1Fonts: 0.32, cffFonts: 1.08, outlines: 0.77, hints: 0.08, idleTables: 0, wholeOutlines: 0.19, lockedFonts: 0.8, wholeFonts: 0.97, sharedFonts: 0.87, contents: 0.92, forms: 1.03, oldPacking: 0.59, characters: 1.09, profiles: 1.01, metadata: 0.87, statements: 1.1, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.85, idle: 0.01, twins: 0, text: 1.06, idleText: 0.03, tables: 0.21, jpeg: 1, jpx: 0.94, ccitt: 0.59, jbig2: 0.93, bilevel: 0.45, indexed: 0.87, samples: 0.85, mask: 0.75 },
    jpeg: [-0.8, 0.63, -0.71, 0.44, -0.06],
    samples: [-1.24, 0.51, -0.77],
    below: { type1Fonts: 0.205, cffFonts: 0.342, outlines: 0.342, hints: 0.128, idleTables: 0.128, wholeOutlines: 0.684, lockedFonts: 0.855, wholeFonts: 0.684, sharedFonts: 0.342, contents: 0.257, forms: 0.171, oldPacking: 0.428, characters: 0.342, profiles: 0.214, metadata: 0.428, statements: 0.128, metadataOfParts: 0.128, packedObjects: 0.257, others: 0.428, idle: 0.214, twins: 0.214, text: 0.342, idleText: 0.128, tables: 0.128, jpeg: 0.513, jpx: 0.513, ccitt: 0.342, jbig2: 0.214, bilevel: 0.257, indexed: 0.342, samples: 0.428, mask: 0.257 },
    above: { type1Fonts: 0.185, cffFonts: 0.463, outlines: 0.463, hints: 0.174, idleTables: 0.174, wholeOutlines: 0.617, lockedFonts: 0.772, wholeFonts: 0.617, sharedFonts: 0.309, contents: 0.347, forms: 0.154, oldPacking: 0.579, characters: 0.463, profiles: 0.29, metadata: 0.579, statements: 0.174, metadataOfParts: 0.174, packedObjects: 0.232, others: 0.579, idle: 0.29, twins: 0.29, text: 0.463, idleText: 0.174, tables: 0.174, jpeg: 0.463, jpx: 0.463, ccitt: 0.463, jbig2: 0.29, bilevel: 0.232, indexed: 0.309, samples: 0.386, mask: 0.232 },
  },
  maximum: {
    file: 530,
    left: { type1Fonts: 0.32, cffFonts: 1.1, outlines: 0.77, hints: 0.08, idleTables: 0, wholeOutlines: 0.19, lockedFonts: 0.8, wholeFonts: 0.96, sharedFonts: 0.87, contents: 0.92, forms: 1.03, oldPacking: 0.59, characters: 1.1, profiles: 1.01, metadata: 0.87, statements: 1.1, metadataOfParts: 0.05, packedObjects: 0.75, others: 0.85, idle: 0.01, twins: 0, text: 1.06, idleText: 0.03, tables: 0.2, jpeg: 1, jpx: 0.94, ccitt: 0.6, jbig2: 0.93, bilevel: 0.45, indexed: 0.87, samples: 0.85, mask: 0.75 },
    jpeg: [-0.87, 0.62, -0.8, 0.52, -0.1],
    samples: [-1.25, 0.5, -0.77],
    below: { type1Fonts: 0.189, cffFonts: 0.333, outlines: 0.333, hints: 0.125, idleTables: 0.125, wholeOutlines: 0.629, lockedFonts: 0.786, wholeFonts: 0.629, sharedFonts: 0.314, contents: 0.25, forms: 0.157, oldPacking: 0.417, characters: 0.333, profiles: 0.208, metadata: 0.417, statements: 0.125, metadataOfParts: 0.125, packedObjects: 0.236, others: 0.417, idle: 0.208, twins: 0.208, text: 0.333, idleText: 0.125, tables: 0.125, jpeg: 0.471, jpx: 0.471, ccitt: 0.333, jbig2: 0.208, bilevel: 0.236, indexed: 0.314, samples: 0.393, mask: 0.236 },
    above: { type1Fonts: 0.185, cffFonts: 0.464, outlines: 0.464, hints: 0.174, idleTables: 0.174, wholeOutlines: 0.616, lockedFonts: 0.77, wholeFonts: 0.616, sharedFonts: 0.308, contents: 0.348, forms: 0.154, oldPacking: 0.581, characters: 0.464, profiles: 0.29, metadata: 0.581, statements: 0.174, metadataOfParts: 0.174, packedObjects: 0.231, others: 0.581, idle: 0.29, twins: 0.29, text: 0.464, idleText: 0.174, tables: 0.174, jpeg: 0.462, jpx: 0.462, ccitt: 0.464, jbig2: 0.29, bilevel: 0.231, indexed: 0.308, samples: 0.385, mask: 0.231 },
  },
}
