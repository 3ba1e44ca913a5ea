import type { EngineContext } from './context.ts'
import { rangeArgs, type Scale } from './drawn-range.ts'
import type { PageFile } from './page-files.ts'
import { run } from './run.ts'

/**
 * Draws one page without a background, as PNG.
 * @throws JobFailure engine_failed, engine_timeout, out_of_memory
 */
export async function renderTransparent(
  file: string,
  prefix: string,
  context: EngineContext,
  { page, scale, timeoutMs }: { page: number; scale: Scale; timeoutMs: number },
): Promise<PageFile> {
  const args = [...rangeArgs(page, page, scale), '-png', '-transp', '-cropbox', '-singlefile', file, prefix]
  await run('pdftocairo', args, context, { timeoutMs })
  return { page, file: `${prefix}.png` }
}
