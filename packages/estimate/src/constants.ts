import type { Constants, Level } from './levels.ts'

/** Fitted to the real compression by bench/fit-estimate.ts, which writes this file. */
// prettier-ignore
export const constants: Record<Level, Constants> = {
  low: { file: 550, text: 0.62, packedObjects: 0.63, type1Fonts: 0.2, cffFonts: 1, hintedFonts: 0.93, plainFonts: 0.92, contents: 0.97, metadata: 1, others: 1, ccitt: 0.77, jbig2: 1, bilevel: 0.6, jpeg: [0.43, 1.34, -0.7, 1.08], samples: [-0.87, 0.4, -0.45] },
  medium: { file: 590, text: 0.64, packedObjects: 0.61, type1Fonts: 0.2, cffFonts: 1, hintedFonts: 0.34, plainFonts: 0.92, contents: 0.97, metadata: 1, others: 1, ccitt: 0.77, jbig2: 1, bilevel: 0.6, jpeg: [0.4, 1.58, -2, 1.41], samples: [-1.52, 0.48, -0.62] },
  high: { file: 660, text: 0.44, packedObjects: 0.6, type1Fonts: 0.2, cffFonts: 1, hintedFonts: 0.34, plainFonts: 0.92, contents: 0.97, metadata: 0.82, others: 1, ccitt: 0.77, jbig2: 1, bilevel: 0.6, jpeg: [-0.76, 1.23, -1.22, 0.68], samples: [-1.81, 0.46, -0.79] },
  maximum: { file: 610, text: 0.55, packedObjects: 0.61, type1Fonts: 0.2, cffFonts: 1, hintedFonts: 0.25, plainFonts: 0.92, contents: 0.97, metadata: 0.82, others: 1, ccitt: 0.77, jbig2: 1, bilevel: 0.6, jpeg: [-1.17, 1.06, -1.16, 0.2], samples: [-1.9, 0.41, -0.74] },
}
