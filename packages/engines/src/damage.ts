import { existsSync } from 'node:fs'
import type { EngineContext } from './context.ts'
import { EngineFailure } from './engine-failure.ts'
import { run } from './run.ts'

const checkingMs = 30_000

/** What qpdf says before it comes to the point, and at the end. */
const saysNothing = /file is damaged$|Attempting to reconstruct|operation succeeded/

/**
 * Why a failure lies in the files that were sent, so that another attempt would meet it again: qpdf finds fault with one
 * of them, or the engine that failed on one as it was sent fails on it in the same way once more.
 * @param files PDFs, each with the name that it is told by
 * @returns undefined where nothing speaks for it. Rejects only with the context's reason, when that aborts
 */
export async function damageBehind(
  thrown: unknown,
  files: readonly { path: string; name: string }[],
  context: EngineContext,
): Promise<string | undefined> {
  // A task may remove what it has read.
  for (const { path, name } of files.filter((file) => existsSync(file.path))) {
    const fault = await faultOf(path, context)
    if (fault) return files.length > 1 ? `${name}: ${fault}` : fault
  }
  if (!(thrown instanceof EngineFailure) || !files.some(({ path }) => thrown.args.includes(path)))
    return undefined
  const again = await thrown.again().catch((second: unknown) => second)
  context.signal.throwIfAborted()
  return again instanceof EngineFailure && again.why === thrown.why ? thrown.why : undefined
}

/** The first thing that qpdf finds fault with; a check that comes to nothing finds none. */
async function faultOf(file: string, context: EngineContext): Promise<string | undefined> {
  try {
    const options = { okCodes: [0, 2, 3], timeoutMs: checkingMs }
    const { exitCode, stderr, stdout } = await run('qpdf', ['--check', file], context, options)
    if (exitCode === 0) return undefined
    const said = `${stdout.toString()}${stderr}`.replaceAll(file, '')
    const lines = said.split('\n').filter((line) => /^(WARNING|qpdf): /.test(line))
    const line = lines.find((each) => !saysNothing.test(each)) ?? lines[0] ?? 'qpdf cannot read it'
    return line.replace(/^(WARNING|qpdf):[\s,:]*/, '').slice(0, 300)
  } catch {
    context.signal.throwIfAborted()
    return undefined
  }
}
