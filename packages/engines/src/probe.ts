import { JobFailure } from '@pdf-smaller/contracts'
import type { EngineContext } from './context.ts'
import { run } from './run.ts'

type Probe = { program: string; args: readonly string[]; version: RegExp; least: string; install: string }

/** The engines, and how each tells its version. Poppler's programs come together, so one stands for all. */
// prettier-ignore
const probes = {
  qpdf: { program: 'qpdf', args: ['--version'], version: /qpdf version ([\d.]+)/, least: '11', install: 'apt-get install qpdf' },
  poppler: { program: 'pdftoppm', args: ['-v'], version: /pdftoppm version ([\d.]+)/, least: '22', install: 'apt-get install poppler-utils' },
  ghostscript: { program: 'gs', args: ['--version'], version: /^([\d.]+)/, least: '10', install: 'apt-get install ghostscript' },
  tesseract: { program: 'tesseract', args: ['--version'], version: /tesseract v?([\d.]+)/, least: '4.1', install: 'apt-get install tesseract-ocr' },
} as const satisfies Record<string, Probe>

export type Engine = keyof typeof probes

/** All engines that this project knows how to look for. */
export const engines: readonly Engine[] = keysOf(probes)

function keysOf<K extends string>(table: Record<K, unknown>): K[] {
  return Object.keys(table) as K[]
}

/** The engine that a program belongs to; undefined for one that is none. */
export function engineOf(program: string): Engine | undefined {
  const named = engines.find((engine) => probes[engine].program === program)
  return named ?? (program.startsWith('pdf') ? 'poppler' : undefined)
}

/**
 * Finds out which version of an engine is installed.
 * @throws JobFailure engine_missing when there is none, or one too old; it says how to get it
 */
export async function probeEngine(engine: Engine, context: EngineContext): Promise<string> {
  const { program, args, version, least, install }: Probe = probes[engine]
  try {
    const { stdout, stderr } = await run(program, args, context, { timeoutMs: 10_000 })
    const found = version.exec(`${stdout.toString()}${stderr}`)?.[1] ?? '0'
    if (isOlder(found, least))
      throw new JobFailure('engine_missing', `${engine} ${found} is older than ${least} (${install})`)
    return found
  } catch (error) {
    if (!(error instanceof JobFailure) || error.why !== program) throw error
    throw new JobFailure('engine_missing', `${engine} (${install})`, { cause: error })
  }
}

/** Compares versions number by number. */
export function isOlder(version: string, least: string): boolean {
  const [own, other] = [version, least].map((each) => each.split('.').map(Number))
  const differs = other?.findIndex((number, index) => number !== (own?.[index] ?? 0)) ?? -1
  return differs >= 0 && (own?.[differs] ?? 0) < (other?.[differs] ?? 0)
}
