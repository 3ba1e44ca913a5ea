import type { EngineContext } from './context.ts'
import { run } from './run.ts'

/** How hard libdeflate tries: 9 is quicker than zlib's best and packs better, 12 is the hardest. */
export type LibdeflateLevel = 9 | 10 | 12

/**
 * Packs files as gzip does (RFC 1952), each into one beside it with `.gz` after its name, all in one start.
 * @param names files in the folder, without a path
 * @throws JobFailure engine_missing where libdeflate's tools are not installed
 */
export async function gzipFiles(
  folder: string,
  names: readonly string[],
  level: LibdeflateLevel,
  context: EngineContext,
): Promise<void> {
  if (names.length === 0) return
  await run('libdeflate-gzip', [`-${level}`, '-k', ...names], { ...context, cwd: folder })
}
