import { openTurns, reachedFrom, type WorkingCopy } from '@pdf-smaller/pdf'

/** Forgets the objects that nothing leads to: they will not be written, and are worth no work. */
export async function forgetUnreachable(copy: WorkingCopy, signal: AbortSignal): Promise<void> {
  const pause = openTurns(signal)
  const reached = new Set<string>()
  for (const each of reachedFrom(copy, [copy.trailer])) {
    if ('reference' in each) reached.add(each.reference)
    await pause()
  }
  for (const reference of copy.all.keys()) {
    if (!reached.has(reference)) copy.all.delete(reference)
    await pause()
  }
}
