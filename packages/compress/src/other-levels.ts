import { createReadStream } from 'node:fs'
import { estimateLevels, type Range, structureOf } from '@pdf-smaller/estimate'
import { fontsAsUsed } from './fonts/as-used.ts'
import { Level } from './levels.ts'
import type { OtherLevel } from './result.ts'

/**
 * What the other levels would come to, by the structure of the document and what its own level came to: where the
 * estimate of that was wrong, those of the others are by as much.
 */
export async function otherLevels(
  file: string,
  bytesBefore: number,
  own: { level: Level; bytesAfter: number },
): Promise<OtherLevel[]> {
  const estimates = estimateLevels(await structureOf(createReadStream(file), fontsAsUsed))
  return scaled(estimates, bytesBefore, own)
}

/** Estimates in step with a size that is known: gentler levels are not below it, stronger ones not above. */
export function scaled(
  estimates: Record<Level, Range>,
  bytesBefore: number,
  { level, bytesAfter }: { level: Level; bytesAfter: number },
): OtherLevel[] {
  const factor = bytesAfter / Math.max(1, estimates[level].likely)
  const own = Level.options.indexOf(level)
  return Level.options.flatMap((other, index) => {
    if (other === level) return []
    const [from, to] = index < own ? [bytesAfter, bytesBefore] : [0, bytesAfter]
    const within = (size: number) => Math.min(to, Math.max(from, Math.round(size * factor)))
    const { least, likely, most } = estimates[other]
    const bytes = within(likely)
    return [{ level: other, bytes, least: within(least), most: within(most), ratio: bytes / bytesBefore }]
  })
}
