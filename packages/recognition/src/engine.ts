import { JobFailure } from '@pdf-smaller/contracts'
import { type EngineContext, type OcrEngine } from '@pdf-smaller/engines'
import { languagesOf } from './recognise.ts'

/** Which engine was faster on this machine, once that was measured. */
let faster: OcrEngine | undefined

/** So many pages are worth reading one of them twice. */
const pagesToMeasure = 20

type Wanted = {
  engine: OcrEngine | 'auto'
  languages: readonly string[]
  /** How many pages are to be read. */
  pages: number
  /** Reads a page of the job. */
  read: (engine: OcrEngine) => Promise<{ kind: 'read' | 'failed' }>
}

/** How long each engine took for a page, in milliseconds; without end where it could not read it. */
export type Timings = Record<OcrEngine, number>

/** The engine that took less time; undefined where neither could read the page. */
export function fasterOf({ native, javascript }: Timings): OcrEngine | undefined {
  if (native === Infinity && javascript === Infinity) return undefined
  return native <= javascript ? 'native' : 'javascript'
}

/**
 * The engine that reads the pages of a job. Where both could, the faster one does: that is measured once, on a page of the
 * first job that has many; until then it is the native one, which mostly is.
 * @throws JobFailure unknown_language, with those that can be read here
 */
export async function chooseEngine(
  { engine, languages, pages, read }: Wanted,
  context: EngineContext,
): Promise<OcrEngine> {
  const asked: OcrEngine[] = engine === 'auto' ? ['native', 'javascript'] : [engine]
  const known = await Promise.all(asked.map((each) => languagesOf(each, context)))
  const able = asked.filter((_, index) => languages.every((each) => known[index]?.includes(each)))
  const [first, other] = able
  if (!first) throw new JobFailure('unknown_language', missing(languages, known))
  if (!other) return first
  if (faster === undefined && pages >= pagesToMeasure) {
    // Loading it is not what takes the time of a long job.
    await read('javascript')
    const native = await timeOf(() => read('native'))
    faster = fasterOf({ native, javascript: await timeOf(() => read('javascript')) })
  }
  return faster ?? first
}

async function timeOf(work: () => ReturnType<Wanted['read']>): Promise<number> {
  const startedAt = performance.now()
  const { kind } = await work()
  return kind === 'failed' ? Infinity : performance.now() - startedAt
}

function missing(languages: readonly string[], known: readonly (readonly string[])[]): string {
  const all = [...new Set(known.flat())].sort()
  const unknown = languages.filter((each) => !all.includes(each))
  const why = unknown.length > 0 ? unknown.join(', ') : `${languages.join(' and ')} by one engine`
  return `${why}; there are ${all.join(', ') || 'none'}`
}
