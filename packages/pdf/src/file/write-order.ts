import { reachedFrom } from '../objects/reached.ts'
import type { PdfObjects } from '../objects/pdf-objects.ts'
import type { Pause } from '../turns.ts'

/** The numbers that the objects get which the trailer leads to, from 1, in the order in which they are come by. */
export async function numberedAnew(
  { all, trailer }: Pick<PdfObjects, 'all' | 'trailer'>,
  pause: Pause,
): Promise<Map<string, number>> {
  const numbers = new Map<string, number>()
  for (const each of reachedFrom({ all }, [trailer])) {
    if ('reference' in each && all.has(each.reference)) numbers.set(each.reference, numbers.size + 1)
    await pause()
  }
  return numbers
}
