import type { Dictionary } from '@pdf-smaller/pdf'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import type { Settings } from '../../levels.ts'
import type { RefusedForm } from '../../report/picture.ts'
import type { Place } from './places.ts'

export type Picture = {
  pixels: Pixels
  /** The colour space of the pixels. */
  space: unknown
  /** The entries of the image that last. */
  lasting: Dictionary
  /** Whether it is a JPEG, of which a lossless copy would be larger. */
  isJpeg: boolean
  /** Whether its colours may stand in a table. */
  mayIndex: boolean
  /** What the image takes as it stands. */
  bytes: number
  place: Place
  settings: Settings
  /** Whether it may be put in layers: a scanned page that nothing else depends on. */
  mayBeLayered: boolean
  /** Hears of forms that were made, and lose too much. */
  tellRefused: (form: RefusedForm) => void
}
