import { openJudge } from '@pdf-smaller/judge'
import { analyse } from './analyse.ts'
import type { Chosen } from './candidates.ts'
import { drawAnew } from './drawn-anew/draw.ts'
import { inspectedForCompression } from './inspect.ts'
import { type Level, levelOf, settingsOf } from './levels.ts'
import { otherLevels } from './other-levels.ts'
import type { CompressContext, Source } from './options.ts'
import { pagesTold } from './report/pages.ts'
import type { NoGainReason } from './report/reasons.ts'
import { levelText, noGainReasons, passText, summaryText, targetText } from './report/sentences.ts'
import { asTaken } from './report/taken.ts'
import type { Pass, Result, Target, ToldPass } from './result.ts'
import { type Smallest, smallestIntact } from './smallest.ts'
import { openEncoded } from './surgical/images/encoded.ts'
import { noEncodings } from './surgical/images/encodings.ts'
import { type ImageOutcome, imagesTold, openTally } from './surgical/images/tally.ts'
import { fitTo } from './target/fit.ts'
import { untouched, type Work } from './work.ts'

/** The smallest intact file, the original where nothing is smaller, and how it came about. */
export type Compressed = { path: string; result: Result }

/** Makes a PDF smaller: inspectedForCompression → analyse → try the passes → judge the smallest first → the first intact one wins. */
export async function compressDocument(source: Source, context: CompressContext): Promise<Compressed> {
  const level = levelOf(context.options.level)
  const settings = settingsOf(level, context.options)
  context.progress('initialization', 1, 1, 'checking the file')
  const document = await inspectedForCompression(source, context.engine)
  context.tellPages(document.pages)
  context.progress('analysis', 0, 1, `reading ${document.pages} pages`)
  const analysis = await analyse(document, context.engine)
  const drawn = once(() => drawAnew(document, context, settings.colours === 'grayscale'))
  const judge = openJudge(document, analysis.text, context.engine)
  const work: Work = {
    document,
    analysis,
    judge,
    settings,
    context,
    drawn,
    encoded: openEncoded(),
    encodings: noEncodings,
    tally: openTally(),
    packed: new Map(),
    ...untouched(),
  }
  const outcome = await compress(work)
  context.progress('finalization', 1, 1, 'done')
  const { chosen, reports, target } = outcome
  const outcomes = asTaken(outcome.outcomes, outcome)
  const isOfLevel = isOfItsLevel(work)
  const [before, after] = [source.size, chosen?.winner.bytes ?? source.size]
  const gain = chosen ? await gainOf(work, isOfLevel ? level : undefined, chosen) : noGain(outcome)
  return {
    path: chosen?.winner.path ?? source.path,
    result: {
      level,
      bytesBefore: before,
      bytesAfter: after,
      ratio: after / before,
      pages: document.pages,
      summary: summaryText(before, after, 'reason' in gain ? gain.reason : undefined),
      passes: passesTold(reports),
      ...imagesTold(outcomes, isOfLevel ? level : undefined),
      ...pagesTold({ outcomes, passes: reports, looks: chosen?.look?.pages ?? [] }),
      ...(target ? { target: { ...target, text: targetText(target, after) } } : {}),
      ...gain,
    },
  }
}

/** Whether a level was asked for, and nothing in its place. */
const isOfItsLevel = ({ settings, context }: Work) =>
  !settings.insists && settings.colours === 'keep' && context.options.targetBytes === undefined

/** Each pass with what is to be said of it; those that were tried several times with a number. */
function passesTold(reports: readonly Pass[]): ToldPass[] {
  const turns = new Map<string, number>()
  return reports.map((pass) => {
    const turn = (turns.get(pass.name) ?? 0) + 1
    turns.set(pass.name, turn)
    return { ...pass, text: passText(pass, turn) }
  })
}

/** @param level whose settings were asked for, and nothing else */
async function gainOf({ document }: Work, level: Level | undefined, { winner, look }: Chosen) {
  const gain = { gain: 'smaller' as const, winner: winner.report.name, look }
  if (!level) return gain
  const own = { level, bytesAfter: winner.bytes }
  const others = await otherLevels(document.path, document.bytes, own)
  const told = others.map((each) => ({ ...each, text: levelText(each, winner.bytes) }))
  return { ...gain, otherLevels: told }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

type Outcome = Smallest & { outcomes: readonly ImageOutcome[]; target?: Target }

/** With a target, as it is where it fits already; else by the level. */
async function compress(work: Work): Promise<Outcome> {
  const { targetBytes } = work.context.options
  if (targetBytes === undefined) return { ...(await smallestIntact(work)), outcomes: work.tally.all() }
  if (work.document.bytes > targetBytes) return fitTo(targetBytes, work)
  const target: Target = { bytes: targetBytes, outcome: 'reached', reason: 'fits_already', runs: 0 }
  return { chosen: undefined, reports: [], outcomes: [], target }
}

function noGain(outcome: Outcome) {
  const noGain = whyNone(outcome)
  const damages = outcome.reports.flatMap(({ outcome, why }) => (outcome === 'rejected' ? (why ?? []) : []))
  const told = noGain === 'damaged' ? `: ${damages.join('; ')}` : ''
  return { gain: 'none' as const, noGain, reason: noGainReasons[noGain] + told }
}

function whyNone({ reports, target }: Outcome): NoGainReason {
  if (target?.outcome === 'reached') return 'fits_already'
  return reports.some(({ outcome }) => outcome === 'rejected') ? 'damaged' : 'nothing_helps'
}
