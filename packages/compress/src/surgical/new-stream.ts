import type { Dictionary } from '@pdf-smaller/pdf'
import type { Settings } from '../levels.ts'

/** A stream as it is to stand in the document. */
export type NewStream = {
  dictionary: Dictionary
  bytes: Uint8Array
  /** The structural similarity that an image has lost in it, as far as that was measured. */
  lost?: number
  /** The level or strength whose bargain it is, where several were tried. */
  of?: Settings['of']
}
