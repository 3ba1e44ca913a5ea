import type { RunTask } from '@pdf-smaller/worker/task'
import { JobFailure } from '@pdf-smaller/contracts'
import { analyse } from './analyse.ts'
import type { Chosen } from './candidates.ts'
import { drawAnew } from './drawn-anew/draw.ts'
import { inspect } from './inspect.ts'
import { openJudge } from './judge/judge.ts'
import { type Level, levelOf, settingsOf } from './levels.ts'
import { otherLevels } from './other-levels.ts'
import type { CompressContext, Options } from './options.ts'
import type { ImageReport, Result, Target } from './result.ts'
import { type Smallest, smallestIntact } from './smallest.ts'
import { openTally } from './surgical/images/tally.ts'
import { fitTo } from './target/fit.ts'
import type { Work } from './work.ts'

/** Makes a PDF smaller: inspect → analyse → try the passes → judge the smallest first → the first intact one wins. */
export const run: RunTask<Options, Result> = async (context) => {
  const { input, level, settings } = ordered(context)
  context.progress('initialization', 1, 1, 'checking the file')
  const document = await inspect(input.path, context.engine)
  context.progress('analysis', 0, 1, `reading ${document.pages} pages`)
  const analysis = await analyse(document, context.engine)
  const drawn = once(() => drawAnew(document, context, settings.colours === 'grayscale'))
  const judge = openJudge(document, analysis, context.engine)
  const work: Work = {
    document,
    analysis,
    judge,
    settings,
    context,
    drawn,
    touched: new Set(),
    tally: openTally(),
  }
  const compressed = await compress(work)
  context.progress('finalization', 1, 1, 'done')
  const { chosen } = compressed
  const output = chosen?.winner.path ?? input.path
  return {
    outputs: [{ path: output, name: input.name, contentType: 'application/pdf' }],
    result: {
      level,
      ...sizes(input.size, chosen?.winner.bytes ?? input.size),
      pages: document.pages,
      passes: compressed.reports,
      images: compressed.images,
      ...(compressed.target ? { target: compressed.target } : {}),
      ...(chosen ? await gainOf(work, level, chosen) : noGain(compressed)),
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

function ordered({ inputs, options }: CompressContext) {
  const [input] = inputs
  if (!input) throw new JobFailure('missing_file')
  const level = levelOf(options.level)
  return { input, level, settings: settingsOf(level, options) }
}

type Compressed = Smallest & { images: ImageReport[]; target?: Target }

/** With a target, as it is where it fits already; else by the level. */
async function compress(work: Work): Promise<Compressed> {
  const { targetBytes } = work.context.options
  if (targetBytes === undefined) return { ...(await smallestIntact(work)), images: work.tally.report() }
  if (work.document.bytes > targetBytes) return fitTo(targetBytes, work)
  const target: Target = { bytes: targetBytes, outcome: 'reached', runs: 0 }
  return { chosen: undefined, reports: [], images: [], target }
}

function noGain(compressed: Compressed) {
  return { gain: 'none' as const, reason: whyNone(compressed) }
}

function whyNone({ reports, target }: Compressed): string {
  if (target?.outcome === 'reached') return 'it is not larger than the target'
  const damaged = reports.filter(({ outcome }) => outcome === 'rejected').map(({ why }) => why)
  if (damaged.length > 0) return `every smaller result was damaged: ${damaged.join('; ')}`
  return 'nothing that this level may do makes the file smaller'
}
