import type { Dictionary } from '@pdf-smaller/pdf'

/** A stream as it is to stand in the document. */
export type NewStream = { dictionary: Dictionary; bytes: Uint8Array }
