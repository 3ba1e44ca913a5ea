/** Pages from the first to the last, both counted from 1. */
export type PageRange = { first: number; last: number }
