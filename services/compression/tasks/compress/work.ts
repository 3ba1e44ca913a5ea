import type { Analysis } from './analyse.ts'
import type { Drawn } from './drawn-anew/draw.ts'
import type { InspectedDocument } from './inspect.ts'
import type { Settings } from './levels.ts'
import type { CompressContext } from './options.ts'

/** What the passes work on: each goes on with what the one before has made of the copy. */
export type Work = {
  document: InspectedDocument
  analysis: Analysis
  settings: Settings
  context: CompressContext
  /** Pages that may look different from those of the original. */
  touched: Set<number>
  /** The pages drawn anew; made when it is first asked for. */
  drawn: () => Promise<Drawn>
}
