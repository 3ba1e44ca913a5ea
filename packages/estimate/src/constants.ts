import type { Constants, Level } from './levels.ts'

/** Fitted to the real compression by bench/fit-estimate.ts, which writes this file. */
// prettier-ignore
export const constants: Record<Level, Constants> = {
  low: { text: 0.73, packedObjects: 1.1, fonts: 0.82, plainFonts: 0.5, contents: 0.57, plainContents: 0.68, metadata: 0.33, others: 0.45, ccitt: 0.74, jbig2: 1.1, bilevel: 0.6, jpeg: [0.3, 1.37, -0.43, 1.02], samples: [-1.14, 0.5, -0.24] },
  medium: { text: 0.74, packedObjects: 1.1, fonts: 0.43, plainFonts: 0.5, contents: 0.5, plainContents: 0.67, metadata: 0.03, others: 0.64, ccitt: 0.74, jbig2: 1.1, bilevel: 0.6, jpeg: [0.03, 1.53, -1.06, 0.83], samples: [-1.74, 0.2, -0.37] },
  high: { text: 0.46, packedObjects: 1.1, fonts: 0.42, plainFonts: 0.5, contents: 0.51, plainContents: 0.84, metadata: 0.03, others: 0.83, ccitt: 0.75, jbig2: 1, bilevel: 0.6, jpeg: [-0.81, 1.27, -0.86, 0.89], samples: [-2.1, 0, -0.4] },
  maximum: { text: 0.45, packedObjects: 1.1, fonts: 0.4, plainFonts: 0.5, contents: 0.52, plainContents: 0.85, metadata: 0.03, others: 0.84, ccitt: 0.75, jbig2: 1, bilevel: 0.6, jpeg: [-1.2, 1.02, -0.95, 0.55], samples: [-2.54, -0.92, -0.61] },
}
