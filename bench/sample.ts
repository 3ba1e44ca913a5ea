import type { Structure } from '@pdf-smaller/estimate'

/** What a file consists of, and what the real compression made of it at one level. */
export type Sample = { structure: Structure; result: Structure }
