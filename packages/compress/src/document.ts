import { openJudge } from '@pdf-smaller/judge'
import { analyse } from './analyse.ts'
import type { Chosen } from './candidates.ts'
import { drawAnew } from './drawn-anew/draw.ts'
import { inspectedForCompression } from './inspect.ts'
import { type Level, levelOf, settingsOf } from './levels.ts'
import { otherLevels } from './other-levels.ts'
import type { CompressContext, Source } from './options.ts'
import type { ImageReport, Result, Target } from './result.ts'
import { type Smallest, smallestIntact } from './smallest.ts'
import { openEncoded } from './surgical/images/encoded.ts'
import { openTally } from './surgical/images/tally.ts'
import { fitTo } from './target/fit.ts'
import type { Work } from './work.ts'

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
    touched: new Set(),
    encoded: openEncoded(),
    tally: openTally(),
  }
  const outcome = await compress(work)
  context.progress('finalization', 1, 1, 'done')
  const { chosen } = outcome
  return {
    path: chosen?.winner.path ?? source.path,
    result: {
      level,
      ...sizes(source.size, chosen?.winner.bytes ?? source.size),
      pages: document.pages,
      passes: outcome.reports,
      images: outcome.images,
      ...(outcome.target ? { target: outcome.target } : {}),
      ...(chosen ? await gainOf(work, level, chosen) : noGain(outcome)),
    },
  }
}

const sizes = (bytesBefore: number, bytesAfter: number) => ({
  bytesBefore,
  bytesAfter,
  ratio: bytesAfter / bytesBefore,
})

async function gainOf({ document, settings, context }: Work, level: Level, { winner, look }: Chosen) {
  const gain = { gain: 'smaller' as const, winner: winner.report.name, look }
  const isOwn = settings.insists || settings.colours !== 'keep' || context.options.targetBytes !== undefined
  if (isOwn) return gain
  const own = { level, bytesAfter: winner.bytes }
  return { ...gain, otherLevels: await otherLevels(document.path, document.bytes, own) }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

type Outcome = Smallest & { images: ImageReport[]; target?: Target }

/** With a target, as it is where it fits already; else by the level. */
async function compress(work: Work): Promise<Outcome> {
  const { targetBytes } = work.context.options
  if (targetBytes === undefined) return { ...(await smallestIntact(work)), images: work.tally.report() }
  if (work.document.bytes > targetBytes) return fitTo(targetBytes, work)
  const target: Target = { bytes: targetBytes, outcome: 'reached', runs: 0 }
  return { chosen: undefined, reports: [], images: [], target }
}

function noGain(outcome: Outcome) {
  return { gain: 'none' as const, reason: whyNone(outcome) }
}

function whyNone({ reports, target }: Outcome): string {
  if (target?.outcome === 'reached') return 'it is not larger than the target'
  const damaged = reports.filter(({ outcome }) => outcome === 'rejected').map(({ why }) => why)
  if (damaged.length > 0) return `every smaller result was damaged: ${damaged.join('; ')}`
  return 'nothing that this level may do makes the file smaller'
}
