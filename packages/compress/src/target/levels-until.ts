import { Level } from '../levels.ts'
import type { CompressContext } from '../options.ts'
import { settingsFor } from './forms.ts'
import type { Run, Runs } from './runs.ts'

/**
 * Writes the document with the levels that were not tried yet, the gentlest first, until one fits. Where pages refuse the forms of
 * all plans, a level may still do: it makes layers, and mends what is refused.
 */
export async function levelsUntil(
  target: number,
  { context }: { context: CompressContext },
  { runs, all }: { runs: Pick<Runs, 'write'>; all: readonly Run[] },
): Promise<Run[]> {
  const found: Run[] = []
  for (const level of Level.options) {
    if (all.some(({ of }) => of === level)) continue
    const run = await runs.write(settingsFor(level, context))
    found.push(run)
    if (run.bytes <= target) break
  }
  return found
}
