import type { RunTask } from '@pdf-smaller/worker/task'
import { JobFailure } from '@pdf-smaller/contracts'
import { analyse } from './analyse.ts'
import { type Chosen, choose, type Tried, tryPass } from './candidates.ts'
import { drawAnew } from './drawn-anew/draw.ts'
import { inspect } from './inspect.ts'
import { openJudge } from './judge/judge.ts'
import { levelOf, settingsOf } from './levels.ts'
import { lastResorts, passes } from './passes.ts'
import type { CompressContext, Options } from './options.ts'
import type { Pass, Result } from './result.ts'
import type { Work } from './work.ts'

/** Makes a PDF smaller: inspect → analyse → try the passes → judge the smallest first → the first intact one wins. */
export const run: RunTask<Options, Result> = async (context) => {
  const { input, level, settings } = ordered(context)
  context.progress('initialization', 1, 1, 'checking the file')
  const document = await inspect(input.path, context.engine)
  context.progress('analysis', 0, 1, `reading ${document.pages} pages`)
  const analysis = await analyse(document, context.engine)
  const drawn = once(() => drawAnew(document, context, settings.grayscale))
  const work: Work = { document, analysis, settings, context, touched: new Set(), drawn }
  const { chosen, reports } = await smallestIntact(work)
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
      ...(chosen
        ? { gain: 'smaller', winner: chosen.winner.report.name, look: chosen.look }
        : { gain: 'none', reason: whyNone(reports) }),
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

/** Tries the passes, and the last resorts when none of them made anything good. */
async function smallestIntact(work: Work): Promise<{ chosen: Chosen | undefined; reports: Pass[] }> {
  const judge = openJudge(work.document, work.analysis, work.settings, work.context.engine)
  const tried: Tried[] = []
  for (const pass of passes) tried.push(await tryPass(pass, work))
  let chosen = await choose(tried, judge, work)
  for (const pass of lastResorts) {
    if (chosen) break
    const last = await tryPass(pass, work)
    tried.push(last)
    chosen = await choose([last], judge, work)
  }
  return { chosen, reports: tried.map(({ report }) => report) }
}

function whyNone(reports: readonly Pass[]): string {
  const damaged = reports.filter(({ outcome }) => outcome === 'rejected').map(({ why }) => why)
  if (damaged.length > 0) return `every smaller result was damaged: ${damaged.join('; ')}`
  return 'nothing that this level may do makes the file smaller'
}
