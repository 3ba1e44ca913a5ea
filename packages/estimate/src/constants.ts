import type { Constants, Level } from './levels.ts'

/** Fitted to the real compression by bench/fit-estimate.ts, which writes this file. */
// prettier-ignore
export const constants: Record<Level, Constants> = {
  low: { file: 580, text: 0.53, packedObjects: 0.57, type1Fonts: 0.2, cffFonts: 1, hintedFonts: 0.93, plainFonts: 0.92, contents: 0.97, metadata: 1, others: 1, ccitt: 0.77, jbig2: 1, bilevel: 0.6, masks: 0.92, jpeg: [0.33, 1.43, -0.54, 0.96], samples: [-0.9, 0.39, -0.44] },
  medium: { file: 570, text: 0.57, packedObjects: 0.59, type1Fonts: 0.2, cffFonts: 1, hintedFonts: 0.34, plainFonts: 0.92, contents: 0.97, metadata: 1, others: 1, ccitt: 0.77, jbig2: 1, bilevel: 0.6, masks: 0.92, jpeg: [0.37, 1.59, -2.09, 1.4], samples: [-1.2, 0.27, -0.82] },
  high: { file: 640, text: 0.44, packedObjects: 0.57, type1Fonts: 0.2, cffFonts: 1, hintedFonts: 0.34, plainFonts: 0.92, contents: 0.97, metadata: 0.82, others: 1, ccitt: 0.77, jbig2: 1, bilevel: 0.6, masks: 0.92, jpeg: [-1.2, 1.47, -2.2, 0.69], samples: [-2.31, 0.5, -1.1] },
  maximum: { file: 620, text: 0.54, packedObjects: 0.44, type1Fonts: 0.2, cffFonts: 1, hintedFonts: 0.24, plainFonts: 0.9, contents: 0.92, metadata: 0.82, others: 0.96, ccitt: 0.77, jbig2: 1, bilevel: 0.6, masks: 0.85, jpeg: [-1.61, 0.97, -1.84, 0.76], samples: [-2.35, 0.47, -1.02] },
}
