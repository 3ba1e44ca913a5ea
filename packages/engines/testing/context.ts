import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { EngineContext } from '../src/context.ts'

export type TestContext = AsyncDisposable & { context: EngineContext; folder: string }

/** What an engine runs in during a test; its folder is removed afterwards. */
export async function engineContext(more: Partial<EngineContext> = {}): Promise<TestContext> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-engines-'))
  const context: EngineContext = {
    cwd: folder,
    signal: new AbortController().signal,
    memoryBytes: 2 ** 30,
    cores: 1,
    core: (work) => work(),
    ...more,
  }
  return { context, folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}
