import type { Judge } from '@pdf-smaller/judge'
import type { PdfObject } from '@pdf-smaller/pdf'
import type { Analysis } from './analyse.ts'
import type { Drawn } from './drawn-anew/draw.ts'
import type { InspectedDocument } from './inspect.ts'
import type { Settings } from './levels.ts'
import type { CompressContext } from './options.ts'
import type { EncodedImages } from './surgical/images/encoded.ts'
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
  /** The images as they were last encoded. */
  encoded: EncodedImages
  /** How single images are encoded, and what is known of that. */
  encodings: Encodings
  /** What came of the images when they were last encoded. */
  tally: ImageTally
  /** What came of the streams that a pass has packed. */
  packed: PackedStreams
  /** Font programs that were slimmed, as they were, by their references. */
  slimmed: Map<string, PdfObject>
  /** Pages whose contents were shortened, and those that keep theirs, as they were damaged before. */
  contents: { shortened: Set<number>; kept: ReadonlySet<number> }
  /** Whether fonts keep glyphs that nothing shows, as pages were damaged before. */
  fonts: { keepGlyphs: boolean; lostGlyphs: boolean }
  /** The pages drawn anew; made when it is first asked for. */
  drawn: () => Promise<Drawn>
}

/** What passes have done to a copy, before any has. */
export const untouched = (): Pick<Work, 'touched' | 'slimmed' | 'contents' | 'fonts'> => ({
  touched: new Set(),
  slimmed: new Map(),
  contents: { shortened: new Set(), kept: new Set() },
  fonts: { keepGlyphs: false, lostGlyphs: false },
})
