import type { RunTask } from '@pdf-smaller/worker/task'
import { JobFailure } from '@pdf-smaller/contracts'
import { analyse } from './analyse.ts'
import { drawAnew } from './drawn-anew/draw.ts'
import { inspect } from './inspect.ts'
import { levelOf, settingsOf } from './levels.ts'
import type { CompressContext, Options } from './options.ts'
import type { ImageReport, Pass, Result, Target } from './result.ts'
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
  const drawn = once(() => drawAnew(document, context, settings.grayscale))
  const work: Work = { document, analysis, settings, context, touched: new Set(), tally: openTally(), drawn }
  const { chosen, reports, images, target } = await compressed(work)
  context.progress('finalization', 1, 1, 'done')
  const bytesAfter = chosen?.winner.bytes ?? input.size
  return {
    outputs: [{ path: chosen?.winner.path ?? input.path, name: input.name, contentType: 'application/pdf' }],
    result: {
      level,
      pages: document.pages,
      bytesBefore: input.size,
      bytesAfter,
      ratio: bytesAfter / input.size,
      passes: reports,
      images,
      ...(target ? { target } : {}),
      ...(chosen
        ? { gain: 'smaller', winner: chosen.winner.report.name, look: chosen.look }
        : { gain: 'none', reason: whyNone(reports, target) }),
    },
  }
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
async function compressed(work: Work): Promise<Compressed> {
  const { targetBytes } = work.context.options
  if (targetBytes === undefined) return { ...(await smallestIntact(work)), images: work.tally.report() }
  if (work.document.bytes > targetBytes) return fitTo(targetBytes, work)
  const target: Target = { bytes: targetBytes, outcome: 'reached', runs: 0 }
  return { chosen: undefined, reports: [], images: [], target }
}

function whyNone(reports: readonly Pass[], target: Target | undefined): string {
  if (target?.outcome === 'reached') return 'it is not larger than the target'
  const damaged = reports.filter(({ outcome }) => outcome === 'rejected').map(({ why }) => why)
  if (damaged.length > 0) return `every smaller result was damaged: ${damaged.join('; ')}`
  return 'nothing that this level may do makes the file smaller'
}
