import type { Constants, Level } from './levels.ts'

/** Fitted to the real compression by bench/fit-estimate.ts, which writes this file. */
// prettier-ignore
export const constants: Record<Level, Constants> = {
  low: { file: 560, stream: 0, type1Fonts: 0.2, cffFonts: 1, hintedFonts: 0.93, plainFonts: 0.92, contents: 0.97, metadata: 1, packedObjects: 0.63, others: 1, text: 0.61, ccitt: 0.77, jbig2: 1, bilevel: 0.6, jpeg: [0.6, 1.5, -0.74, 1.27], samples: [-0.84, 0.4, -0.45] },
  medium: { file: 550, stream: 0, type1Fonts: 0.2, cffFonts: 1, hintedFonts: 0.34, plainFonts: 0.92, contents: 0.97, metadata: 1, packedObjects: 0.61, others: 1, text: 0.68, ccitt: 0.77, jbig2: 1, bilevel: 0.6, jpeg: [0.37, 1.59, -1.82, 1.27], samples: [-1.53, 0.48, -0.63] },
  high: { file: 680, stream: 0, type1Fonts: 0.2, cffFonts: 1, hintedFonts: 0.34, plainFonts: 0.92, contents: 0.97, metadata: 0.82, packedObjects: 0.59, others: 1, text: 0.41, ccitt: 0.77, jbig2: 1, bilevel: 0.6, jpeg: [-0.8, 1.23, -1.1, 0.64], samples: [-1.85, 0.46, -0.81] },
  maximum: { file: 620, stream: 0, type1Fonts: 0.2, cffFonts: 1, hintedFonts: 0.25, plainFonts: 0.92, contents: 0.97, metadata: 0.82, packedObjects: 0.6, others: 1, text: 0.54, ccitt: 0.77, jbig2: 1, bilevel: 0.6, jpeg: [-1.18, 1.06, -1.17, 0.21], samples: [-2.02, 0.42, -0.82] },
}
