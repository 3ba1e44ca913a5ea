import type { PageRange } from './page-range.ts'

/** Milliseconds for reading a document's pages without drawing them. */
export const readingMs = (pages: number): number => 15_000 + pages * 20

/** Milliseconds for the text of some pages: to begin with, and for each. Most take a hundredth of it. */
export const textMs = ({ first, last }: PageRange): number => 15_000 + (last - first + 1) * 100
