import type { Judge } from '@pdf-smaller/judge'
import type { Analysis } from './analyse.ts'
import type { Drawn } from './drawn-anew/draw.ts'
import type { InspectedDocument } from './inspect.ts'
import type { Settings } from './levels.ts'
import type { CompressContext } from './options.ts'
import type { EncodedImages } from './surgical/images/encoded.ts'
import type { ImageTally } from './surgical/images/tally.ts'

/** What the passes work on: each goes on with what the one before has made of the copy. */
export type Work = {
  document: InspectedDocument
  analysis: Analysis
  /** Draws the pages of the original once, however many candidates there are. */
  judge: Judge
  settings: Settings
  context: CompressContext
  /** Pages that may look different from those of the original. */
  touched: Set<number>
  /** The images as they were last encoded. */
  encoded: EncodedImages
  /** What came of the images when they were last encoded. */
  tally: ImageTally
  /** The pages drawn anew; made when it is first asked for. */
  drawn: () => Promise<Drawn>
}
