import { existsSync } from 'node:fs'
import path from 'node:path'
import type { EngineContext } from './context.ts'
import { EngineFailure } from './engine-failure.ts'
import { run } from './run.ts'

const checkingMs = 30_000

/**
 * Why a failure lies in the files that were sent, so that another attempt would meet it again: qpdf finds fault with one
 * of them, or the engine that failed on one as it was sent fails on it in the same way once more.
 * @param files paths of PDFs
 * @returns undefined where nothing speaks for it. Rejects only with the context's reason, when that aborts
 */
export async function damageBehind(
  error: unknown,
  files: readonly string[],
  context: EngineContext,
): Promise<string | undefined> {
  // A task may remove what it has read.
  for (const file of files.filter((each) => existsSync(each))) {
    const fault = await faultOf(file, context)
    if (fault) return `${path.basename(file)}: ${fault}`
  }
  if (!(error instanceof EngineFailure) || !files.some((file) => error.args.includes(file))) return undefined
  const again = await error.again().catch((second: unknown) => second)
  context.signal.throwIfAborted()
  return again instanceof EngineFailure && again.why === error.why ? error.why : undefined
}

/** The first thing that qpdf finds fault with; a check that comes to nothing finds none. */
async function faultOf(file: string, context: EngineContext): Promise<string | undefined> {
  try {
    const options = { okCodes: [0, 2, 3], timeoutMs: checkingMs }
    const { exitCode, stderr, stdout } = await run('qpdf', ['--check', file], context, options)
    if (exitCode === 0) return undefined
    const said = `${stdout.toString()}${stderr}`.replaceAll(file, '')
    const line = /^WARNING:.*$/m.exec(said)?.[0] ?? said.trimEnd().split('\n').at(-1) ?? ''
    return line.replace(/^(WARNING|qpdf):[\s,:]*/, '').slice(0, 300)
  } catch {
    context.signal.throwIfAborted()
    return undefined
  }
}
