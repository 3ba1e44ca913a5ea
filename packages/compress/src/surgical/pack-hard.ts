import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { type EngineContext, gzipFiles, type LibdeflateLevel } from '@pdf-smaller/engines'
import type { Packing } from '../levels.ts'
import { pack } from './flate.ts'
import { zlibOfGzip } from './zlib-of-gzip.ts'

const levels: Record<Packing, LibdeflateLevel> = { usual: 10, hardest: 12 }
/** More than that is packed at the level that takes no longer than zlib. */
const mostBytes = 16 * 1024 * 1024

/**
 * Packs each of some byte strings as zlib data (RFC 1950) with libdeflate, in one start of it; with zlib where libdeflate
 * is not installed.
 */
export async function packHard(
  all: readonly Uint8Array[],
  packing: Packing,
  engine: EngineContext,
): Promise<Uint8Array[]> {
  const bytes = all.reduce((sum, each) => sum + each.length, 0)
  const folder = await mkdtemp(path.join(engine.cwd, 'pack-'))
  try {
    const names = all.map((_, index) => String(index))
    await Promise.all(all.map((each, index) => writeFile(path.join(folder, String(index)), each)))
    await gzipFiles(folder, names, bytes > mostBytes ? 9 : levels[packing], engine)
    return await Promise.all(
      all.map(async (each, index) => zlibOfGzip(await readFile(path.join(folder, `${index}.gz`)), each)),
    )
  } catch (error) {
    if (!(error instanceof JobFailure) || error.code !== 'engine_missing') throw error
    return await Promise.all(all.map(pack))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
