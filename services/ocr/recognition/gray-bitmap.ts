/** Shades of grey, a byte each, row by row. */
export type GrayBitmap = { data: Uint8Array; width: number; height: number }
