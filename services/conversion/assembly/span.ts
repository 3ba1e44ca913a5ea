/** The first and last page, from 1, that entries of an outline lead to, and how many entries there are. */
export type Span = { first: number; last: number; entries: number }
