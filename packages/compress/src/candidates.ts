import { stat } from 'node:fs/promises'
import { JobFailure } from '@pdf-smaller/contracts'
import type { Look, LookVerdict } from '@pdf-smaller/judge'
import { type ComparedPages, type CompressionPass, outputOf } from './passes.ts'
import { FailReason, type Skipped } from './report/reasons.ts'
import { refusalsOf } from './report/refusals.ts'
import { skipText } from './report/sentences.ts'
import type { Pass } from './result.ts'
import type { Work } from './work.ts'

/** A file that a pass has made, and the pages of it that are to be compared. */
export type Candidate = {
  path: string
  bytes: number
  report: Pass
  compared: ComparedPages
  /** The pages for which it was rejected, where it was for the look of some. */
  damagedPages?: number[] | undefined
}

/** The report of a pass, and what it made, if anything. */
export type Tried = { report: Pass; candidate?: Candidate }

/**
 * Tries a pass. One that fails is named in the report and does no harm.
 * @throws JobFailure when the file itself is at fault, so that no other pass can do better
 */
export async function tryPass(pass: CompressionPass, work: Work): Promise<Tried> {
  const { context, document } = work
  const { name } = pass
  const unfit = await pass.unfit(work)
  if (unfit) return { report: skipped(name, unfit) }
  const startedAt = performance.now()
  const ms = () => Math.round(performance.now() - startedAt)
  try {
    const path = outputOf(work, pass)
    const nothing = await pass.make(work, path)
    if (nothing) return { report: { ...skipped(name, nothing), ms: ms() } }
    const { size: bytes } = await stat(path)
    const report: Pass = { name, outcome: 'kept', bytes, saved: document.bytes - bytes, ms: ms() }
    return { report, candidate: { path, bytes, report, compared: pass.compared(work) } }
  } catch (error) {
    context.signal.throwIfAborted()
    const reason = error instanceof JobFailure ? FailReason.safeParse(error.code).data : undefined
    if (!(error instanceof JobFailure) || reason === undefined) throw error
    context.log.warn({ pass: name, code: error.code, why: error.why }, 'a pass failed')
    return { report: { name, outcome: 'failed', reason, why: error.message, ms: ms() } }
  }
}

const skipped = (name: string, why: Skipped): Pass => ({
  name,
  outcome: 'skipped',
  reason: why.reason,
  why: skipText(why),
})

/** Without a look where the pages take too long to draw and none of them may look different. */
export type Chosen = { winner: Candidate; look?: Look | undefined }

/**
 * Judges what is smaller than the original, the smallest first, until one is intact. Where everything is to turn grey,
 * contents drawn anew come first: without them only images do.
 */
export async function choose(tried: readonly Tried[], work: Work): Promise<Chosen | undefined> {
  const { document, context } = work
  const smaller = tried
    .flatMap(({ candidate }) => candidate ?? [])
    .filter(({ bytes }) => bytes < document.bytes)
    .sort((a, b) => rank(a, work) - rank(b, work))
  for (const [index, candidate] of smaller.entries()) {
    const { report } = candidate
    context.progress('optimization', index, smaller.length, `comparing ${report.name} with the original`)
    const { damage, code, damagedPages, damages, look } = await judged(candidate, work)
    if (damage === undefined) {
      report.outcome = 'won'
      return { winner: candidate, look }
    }
    report.outcome = 'rejected'
    report.why = damage
    if (code) report.reason = code
    if (damages) report.refusals = refusalsOf(damages)
    candidate.damagedPages = damagedPages
  }
  return undefined
}

/** Where pages take too long to draw, those alone are compared that may look different; without them nothing else counts. */
async function judged({ path, compared }: Candidate, { judge, settings }: Work): Promise<LookVerdict> {
  for (const pages of [compared.pages, compared.changed]) {
    try {
      return await judge(path, pages, settings)
    } catch (error) {
      if (!(error instanceof JobFailure) || error.code !== 'engine_timeout') throw error
      if (compared.changed.length === compared.pages.length) break
    }
  }
  return { damage: 'its pages take too long to draw and compare', code: 'too_slow' }
}

const rank = ({ bytes, report }: Candidate, { settings, document }: Work): number =>
  settings.colours === 'grayscale' && report.name !== 'contents' ? bytes + document.bytes : bytes
