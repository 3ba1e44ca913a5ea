import { copyFile } from 'node:fs/promises'
import path from 'node:path'
import type { RunTask, TaskContext } from '@pdf-smaller/worker/task'
import { JobFailure } from '@pdf-smaller/contracts'
import { inspect, type InspectedDocument } from './inspect.ts'
import { type Judge, openJudge } from './judge/judge.ts'
import { levels, type Settings } from './levels.ts'
import { type Candidate, passes } from './passes.ts'
import type { Look, Options, Pass, Result } from './task.ts'

/** Makes a PDF smaller: inspect → try the passes → judge the smallest first → the first intact one wins. */
export const run: RunTask<Options, Result> = async (context) => {
  const [input] = context.inputs
  if (!input) throw new JobFailure('missing_file')
  const { options, progress } = context
  const settings = settingsOf(options)
  progress('initialization', 1, 1, 'checking the file')
  const document = await inspect(input.path, context.engine)
  progress('analysis', 1, 1, `${document.pages} pages`)

  const judge = openJudge(document, settings, context.engine)
  const tried = await tryPasses(context, document, settings, judge)
  const smaller = tried.made.filter(({ bytes }) => bytes < input.size).sort((a, b) => a.bytes - b.bytes)
  const chosen = await choose(context, judge, smaller)

  const report = [...tried.passes.values()].map((pass) => ({ ...pass, ...chosen.verdicts.get(pass.name) }))
  const output = path.join(context.workspace, 'smaller.pdf')
  await copyFile(chosen.winner?.path ?? input.path, output)
  progress('finalization', 1, 1, 'done')
  const bytesAfter = chosen.winner?.bytes ?? input.size
  return {
    outputs: [{ path: output, name: input.name, contentType: 'application/pdf' }],
    result: {
      level: options.level,
      pages: document.pages,
      bytesBefore: input.size,
      bytesAfter,
      ratio: bytesAfter / input.size,
      passes: report.map((pass) => withSaving(pass, input.size)),
      ...(chosen.winner
        ? { gain: 'smaller', winner: chosen.winner.name, ...(chosen.look ? { look: chosen.look } : {}) }
        : { gain: 'none', reason: whyNone(report) }),
    },
  }
}

export function settingsOf({ level, dpi, quality }: Options): Settings {
  const usual = levels[level]
  return { ...usual, dpi: dpi ?? usual.dpi, quality: quality ?? usual.quality }
}

/** Every pass on its own; one that fails is named in the report and does no harm. */
async function tryPasses(
  context: TaskContext<Options>,
  document: InspectedDocument,
  settings: Settings,
  judge: Judge,
) {
  const made: Candidate[] = []
  const reports = new Map<string, Pass>()
  for (const [index, { name, draws, unfit, make }] of passes.entries()) {
    context.progress('compression', index, passes.length, name)
    const why = unfit(document)
    if (why) {
      reports.set(name, { name, outcome: 'skipped', why })
      continue
    }
    if (draws) await judge.prepare()
    const startedAt = performance.now()
    const ms = () => Math.round(performance.now() - startedAt)
    try {
      const candidate = await make(document, settings, context)
      made.push(candidate)
      reports.set(name, { name, outcome: 'beaten', bytes: candidate.bytes, ms: ms() })
    } catch (error) {
      context.signal.throwIfAborted()
      if (!(error instanceof JobFailure)) throw error
      // The file itself is at fault: no other pass can do better.
      if (error.code !== 'engine_failed' && error.code !== 'engine_timeout') throw error
      context.log.warn({ pass: name, code: error.code, why: error.why }, 'a pass failed')
      reports.set(name, { name, outcome: 'failed', why: error.message, ms: ms() })
    }
  }
  return { made, passes: reports }
}

type Choice = { verdicts: Map<string, Partial<Pass>>; winner?: Candidate; look?: Look }

/** Judges candidates, the smallest first, until one is intact. */
async function choose(context: TaskContext<Options>, judge: Judge, candidates: Candidate[]): Promise<Choice> {
  const verdicts = new Map<string, Partial<Pass>>()
  for (const [index, candidate] of candidates.entries()) {
    context.progress(
      'optimization',
      index,
      candidates.length,
      `comparing ${candidate.name} with the original`,
    )
    const { damage, look } = await judge.judge(candidate.path)
    if (damage) {
      verdicts.set(candidate.name, { outcome: 'rejected', why: damage })
      continue
    }
    verdicts.set(candidate.name, { outcome: 'won' })
    return { verdicts, winner: candidate, ...(look ? { look } : {}) }
  }
  return { verdicts }
}

function withSaving(pass: Pass, before: number): Pass {
  return pass.bytes === undefined ? pass : { ...pass, saved: before - pass.bytes }
}

function whyNone(report: readonly Pass[]): string {
  const rejected = report.filter(({ outcome }) => outcome === 'rejected')
  if (rejected.length > 0)
    return `every smaller result was damaged: ${rejected.map(({ why }) => why).join('; ')}`
  return 'the file is as small as the passes of this level can make it'
}
