import { rename } from 'node:fs/promises'
import path from 'node:path'
import { settingsOf } from '../levels.ts'
import type { Target } from '../result.ts'
import { type Smallest, smallestIntact } from '../smallest.ts'
import type { ImagesTold } from '../surgical/images/tally.ts'
import type { Work } from '../work.ts'
import { firstStrength, nextStrength, type Point } from './next-strength.ts'

export type Fitted = Smallest & ImagesTold & { target: Target }

/** Each run takes as long as a job without a target. */
const mostRuns = 6

/** The part of a run before its results are judged. */
const compressing = 0.9

type Run = Point & Smallest & ImagesTold

/**
 * Compresses with one strength after the other until the result is just below the target.
 * @returns the gentlest that fits, or the smallest when none does
 */
export async function fitTo(target: number, work: Work): Promise<Fitted> {
  const runs: Run[] = []
  let strength: number | undefined = firstStrength(work.document.bytes, target)
  while (strength !== undefined && runs.length < mostRuns) {
    runs.push(await runWith(strength, runs.length, work))
    strength = nextStrength(runs, target)
  }
  const fitting = runs.filter(({ bytes }) => bytes <= target).sort((a, b) => a.strength - b.strength)
  const [best] = fitting.length > 0 ? fitting : runs.toSorted((a, b) => a.bytes - b.bytes)
  const outcome = fitting.length > 0 ? 'reached' : 'target_not_reached'
  return {
    chosen: best?.chosen,
    reports: best?.reports ?? [],
    images: best?.images ?? [],
    pictures: best?.pictures ?? [],
    ...(best?.morePictures ? { morePictures: best.morePictures } : {}),
    target: { bytes: target, outcome, runs: runs.length, strength: best?.strength },
  }
}

async function runWith(strength: number, index: number, work: Work): Promise<Run> {
  const { document, context } = work
  const { engine, options, progress } = context
  const own: Work = {
    ...work,
    document: { ...document, copy: document.reopen() },
    settings: settingsOf(strength, options),
    touched: new Set(),
    context: {
      ...context,
      // Runs repeat the stages, and the first of them alone may be enough.
      progress: (stage, current, total, message = '') => {
        const part = Math.min(1, current / total)
        const done = stage === 'compression' ? part * compressing : compressing + part * (1 - compressing)
        progress('compression', index + done, mostRuns, `run ${index + 1}: ${message}`)
      },
    },
  }
  const { chosen, reports } = await smallestIntact(own)
  if (!chosen) return { strength, bytes: document.bytes, chosen, reports, images: [], pictures: [] }
  const kept = path.join(engine.cwd, `run-${index}.pdf`)
  await rename(chosen.winner.path, kept)
  const winner = { ...chosen.winner, path: kept }
  return { strength, bytes: winner.bytes, chosen: { ...chosen, winner }, reports, ...own.tally.report() }
}
