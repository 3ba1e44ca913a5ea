import type { Image } from './images.ts'
import type { Parts } from './parts.ts'

/** What a PDF consists of, as far as can be seen without an engine. Sizes are in bytes, as stored. */
export type Structure = {
  bytes: number
  /** Undefined where they cannot be read, as in an encrypted file. */
  pages: number | undefined
  /** Mean of the pages, square inches; undefined where none is known. */
  pageArea: number | undefined
  images: Image[]
  /** What it consists of besides images. */
  parts: Parts
  isEncrypted: boolean
  isSigned: boolean
  /** Whether its contents are tagged, and divided into layers: then they are not drawn anew. */
  isTagged: boolean
  isLayered: boolean
}
