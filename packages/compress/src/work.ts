import type { Judge } from '@pdf-smaller/judge'
import type { Analysis } from './analyse.ts'
import type { Drawn } from './drawn-anew/draw.ts'
import type { InspectedDocument } from './inspect.ts'
import type { Settings } from './levels.ts'
import type { CompressContext } from './options.ts'
import type { Encodings } from './surgical/images/encodings.ts'
import type { ImageTally } from './surgical/images/tally.ts'
import type { PackedStreams } from './surgical/packed-streams.ts'

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
  /** How many levels gentler than the settings the images of a page are encoded, where that went too far. */
  gentleness: ReadonlyMap<number, number>
  /** How single images are encoded, and what is known of that. */
  encodings: Encodings
  /** What came of the images when they were last encoded. */
  tally: ImageTally
  /** What came of the streams that a pass has packed. */
  packed: PackedStreams
  /** The pages drawn anew; made when it is first asked for. */
  drawn: () => Promise<Drawn>
}
