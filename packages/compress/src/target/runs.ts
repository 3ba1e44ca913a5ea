import { rename } from 'node:fs/promises'
import path from 'node:path'
import type { Settings } from '../levels.ts'
import { type Smallest, smallestIntact } from '../smallest.ts'
import { openEncoded } from '../surgical/images/encoded.ts'
import { type Encodings, openEncodings } from '../surgical/images/encodings.ts'
import { renewImages } from '../surgical/images/renew.ts'
import { type ImageOutcome, openTally } from '../surgical/images/tally.ts'
import { untouched, type Work } from '../work.ts'
import type { How } from './forms.ts'

/** A document that was written with settings, judged, and what came of its images. */
export type Run = Smallest & {
  /** The level or strength of the settings. */
  of: Settings['of']
  bytes: number
  outcomes: readonly ImageOutcome[]
}

export type Runs = {
  /** Writes the document, with images as they are planned, and judges it. */
  write: (settings: Settings, how?: ReadonlyMap<string, How>) => Promise<Run>
  /** Encodes its images alone. */
  measure: (settings: Settings) => Promise<readonly ImageOutcome[]>
  written: () => number
  measured: () => number
}

/** The part of writing a document before it is judged. */
const compressing = 0.9

/**
 * Goes at a document again and again, each time from what it was; images that were encoded in the same way before are not
 * encoded again.
 * @param most how often at most, for the progress
 */
export function openRuns(work: Work, most: number): Runs {
  const { document, context } = work
  const planned = new Map<string, How>()
  const encodings = openEncodings(planned)
  let [written, measured] = [0, 0]
  return {
    write: async (settings, how = new Map()) => {
      planned.clear()
      for (const [reference, each] of how) planned.set(reference, each)
      const own = again(work, settings, encodings, (written + measured) / most, 1 / most)
      const { chosen, reports } = await smallestIntact(own)
      const run = { of: settings.of, reports, outcomes: own.tally.all() }
      written++
      if (!chosen) return { ...run, bytes: document.bytes, chosen }
      const kept = path.join(context.engine.cwd, `run-${written}.pdf`)
      await rename(chosen.winner.path, kept)
      const winner = { ...chosen.winner, path: kept }
      return { ...run, bytes: winner.bytes, chosen: { ...chosen, winner } }
    },
    measure: async (settings) => {
      planned.clear()
      const own = again(work, settings, encodings, (written + measured) / most, 1 / most)
      await renewImages(own)
      measured++
      return own.tally.all()
    },
    written: () => written,
    measured: () => measured,
  }
}

/** The same work from its beginning; its progress is a part of the whole, and never goes back. */
function again(work: Work, settings: Settings, encodings: Encodings, from: number, part: number): Work {
  const { document, context } = work
  return {
    ...work,
    document: { ...document, copy: document.reopen() },
    settings,
    encodings,
    ...untouched(),
    encoded: openEncoded(),
    tally: openTally(),
    context: {
      ...context,
      progress: (stage, current, total, message = '') => {
        const own = Math.min(1, current / total)
        const done = stage === 'compression' ? own * compressing : compressing + own * (1 - compressing)
        context.progress('compression', from + done * part, 1, message)
      },
    },
  }
}
