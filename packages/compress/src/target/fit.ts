import { createReadStream } from 'node:fs'
import { estimateLevels, structureOf } from '@pdf-smaller/estimate'
import { fontsAsUsed } from '../fonts/as-used.ts'
import { Level, type Settings } from '../levels.ts'
import type { TargetReason } from '../report/reasons.ts'
import type { Target } from '../result.ts'
import type { Smallest } from '../smallest.ts'
import type { ImageOutcome } from '../surgical/images/tally.ts'
import type { Work } from '../work.ts'
import { boundOf, type KnownForms, openForms, type Plan, settingsFor } from './forms.ts'
import { closeEnough, firstStrength, nextStrength, type Point } from './next-strength.ts'
import { levelsUntil } from './levels-until.ts'
import { openRuns, type Run, type Runs } from './runs.ts'

export type Fitted = Smallest & { outcomes: readonly ImageOutcome[]; target: Target }

/** So often the images are encoded with another strength, and the document is written with the best of what is known. */
const [mostMeasures, mostPlans] = [5, 3]
/** Plans aim a bit below the target, as not all of a document is known to the byte before it is written. */
const aim = 0.985

/**
 * Makes a document look as good as it can in a number of bytes: encodes its images with several strengths, chooses for each
 * image a form, and writes that once; again where that is too large, or a page of it is refused.
 * @returns what looks best of what fits, or the smallest when nothing does
 */
export async function fitTo(target: number, work: Work): Promise<Fitted> {
  const { context } = work
  const runs = openRuns(work, Level.options.length + mostMeasures + mostPlans)
  const level = settingsFor(await levelNear(target, work), context)
  const first = await runs.write(level)
  const search: Search = { target, work, runs, forms: openForms(work.settings.colours === 'keep') }
  const all = [first]
  let plan: Plan | undefined
  if (!isClose(first, target)) {
    const others = otherBytes(first)
    // What was mended has other forms than its settings say.
    if (!wasRefused(first)) search.forms.add(first.outcomes, level)
    if (first.outcomes.length > 0) await measureAround(search, others)
    plan = await writePlans(search, others, all)
  }
  const last = all.at(-1)
  if (first.outcomes.length > 0 && all.every(({ bytes }) => bytes > target))
    all.push(...(await levelsUntil(target, work, { runs, all })))
  const fitting = all.filter(({ bytes }) => bytes <= target)
  const best = fitting.length > 0 ? fitting.reduce(nicer) : all.reduce(smaller)
  const outcome = fitting.length > 0 ? 'reached' : 'target_not_reached'
  const reason = reasonOf(best, target, { all, isGentlest: best === last && plan?.isGentlest === true })
  const counts = { runs: runs.written(), measured: runs.measured() }
  const strength = typeof best.of === 'number' ? { strength: best.of } : {}
  return {
    chosen: best.chosen,
    reports: best.reports,
    outcomes: best.outcomes,
    target: { bytes: target, outcome, reason, ...counts, ...strength },
  }
}

type Search = { target: number; work: Work; runs: Runs; forms: KnownForms }

/** The gentlest level that is likely to fit. */
async function levelNear(target: number, { document }: Work): Promise<Level> {
  const estimates = estimateLevels(await structureOf(createReadStream(document.path), fontsAsUsed))
  return Level.options.find((level) => estimates[level].likely <= target) ?? 'maximum'
}

const isClose = ({ bytes }: Run, target: number) => bytes <= target && bytes >= target * closeEnough

const wasRefused = ({ reports }: Run) => reports.some(({ outcome }) => outcome === 'rejected')

const afterOf = (outcomes: Run['outcomes']) =>
  outcomes.reduce((sum, each) => sum + ('kept' in each ? each.before : each.after), 0)

/** What a document takes besides its images. */
const otherBytes = ({ bytes, outcomes }: Run) => Math.max(0, bytes - afterOf(outcomes))

/** Encodes the images with one strength after the other, until forms are known that come close to the target together. */
async function measureAround({ target, work, runs, forms }: Search, others: number): Promise<void> {
  const points: Point[] = []
  let strength: number | undefined = firstStrength(work.document.bytes, target)
  while (strength !== undefined && points.length < mostMeasures) {
    const settings = settingsFor(strength, work.context)
    const outcomes = await runs.measure(settings)
    forms.add(outcomes, settings)
    points.push({ strength, bytes: others + afterOf(outcomes) })
    const plan = forms.within(target * aim - others)
    const isBracketed = points.some(({ bytes }) => bytes <= target)
    if (isBracketed && others + plan.bytes >= target * closeEnough) return
    strength = nextStrength(points, target)
  }
}

/** Writes the best plan; where it is refused or too large, the best of what is left. */
async function writePlans({ target, work, runs, forms }: Search, others: number, all: Run[]) {
  let [rest, plan] = [others, forms.within(target * aim - others)]
  for (let turn = 0; turn < mostPlans; turn++) {
    const settings = boundOf(plan, settingsFor('maximum', work.context))
    const run = await runs.write(plan.bytes + rest > target ? hardest(settings, work) : settings, plan.how)
    all.push(run)
    const refused = refusedPages(run)
    const isOver = run.bytes > target
    if (!isOver && (isClose(run, target) || refused.size === 0)) return plan
    if (refused.size > 0) forms.forbid(refused, plan)
    else rest = otherBytes(run)
    const next = forms.within(target * aim - rest)
    if (isSame(next, plan)) return plan
    plan = next
  }
  return plan
}

/** Where even the smallest forms are too large, all else is made as small as it can be. */
const hardest = (settings: Settings, { context: { options } }: Work): Settings => ({
  ...settings,
  packing: 'hardest',
  keepXmp: options.keepMetadata ?? false,
})

const isSame = (one: Plan, other: Plan) =>
  [...one.how].every(([reference, how]) => other.how.get(reference) === how)

function refusedPages({ reports }: Run): Set<number> {
  const ranges = reports.flatMap(({ refusals = [] }) => refusals.flatMap(({ pages }) => pages.ranges))
  const pages = new Set<number>()
  for (const { first, last } of ranges) for (let page = first; page <= last; page++) pages.add(page)
  return pages
}

/** Pages that were not compared look as they did. */
const lookOf = ({ chosen }: Run) => chosen?.look?.ssim ?? 1
const nicer = (one: Run, other: Run) => (lookOf(other) >= lookOf(one) ? other : one)
const smaller = (one: Run, other: Run) => (other.bytes < one.bytes ? other : one)

function reasonOf(
  best: Run,
  target: number,
  { all, isGentlest }: { all: readonly Run[]; isGentlest: boolean },
): TargetReason {
  if (isClose(best, target)) return 'close'
  // Of the level that came first nothing is to be told where a plan came after it.
  const isRefused = (all.length > 1 ? all.slice(1) : all).some(wasRefused)
  if (best.bytes > target) return isRefused ? 'smaller_refused' : 'smallest_is_larger'
  if (isGentlest) return 'gentlest_is_smaller'
  return isRefused ? 'finer_refused' : 'nothing_between'
}
