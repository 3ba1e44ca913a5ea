/** A picture of black and white: rows of whole bytes, the highest bit first, 1 is black (as in PBM). */
export type Bitmap = { width: number; height: number; bits: Uint8Array }

export const rowBytes = (width: number) => (width + 7) >> 3
