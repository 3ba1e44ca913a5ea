import type { Constants, Level } from './levels.ts'

/** Fitted to the real compression by bench/fit-estimate.ts, which writes this file. */
// prettier-ignore
export const constants: Record<Level, Constants> = {
  low: { file: 560, text: 0.61, packedObjects: 0.63, type1Fonts: 0.2, cffFonts: 1, hintedFonts: 0.93, plainFonts: 0.92, contents: 0.97, metadata: 1, others: 1, ccitt: 0.77, jbig2: 1, bilevel: 0.6, masks: 0.92, jpeg: [0.43, 1.34, -0.7, 1.08], samples: [-0.89, 0.4, -0.46] },
  medium: { file: 580, text: 0.65, packedObjects: 0.61, type1Fonts: 0.2, cffFonts: 1, hintedFonts: 0.34, plainFonts: 0.92, contents: 0.97, metadata: 1, others: 1, ccitt: 0.77, jbig2: 1, bilevel: 0.6, masks: 0.92, jpeg: [0.41, 1.59, -2.02, 1.43], samples: [-1.55, 0.48, -0.64] },
  high: { file: 650, text: 0.44, packedObjects: 0.61, type1Fonts: 0.2, cffFonts: 1, hintedFonts: 0.34, plainFonts: 0.92, contents: 0.97, metadata: 0.82, others: 1, ccitt: 0.77, jbig2: 1, bilevel: 0.6, masks: 0.92, jpeg: [-0.76, 1.23, -1.22, 0.68], samples: [-1.81, 0.45, -0.79] },
  maximum: { file: 610, text: 0.53, packedObjects: 0.61, type1Fonts: 0.2, cffFonts: 1, hintedFonts: 0.25, plainFonts: 0.92, contents: 0.97, metadata: 0.82, others: 1, ccitt: 0.77, jbig2: 1, bilevel: 0.6, masks: 0.92, jpeg: [-1.17, 1.06, -1.16, 0.2], samples: [-1.93, 0.41, -0.76] },
}
