/** Milliseconds for reading a document's pages without drawing them. */
export const readingMs = (pages: number): number => 15_000 + pages * 20
