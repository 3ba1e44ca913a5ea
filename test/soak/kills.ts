import { setTimeout as wait } from 'node:timers/promises'

const [shortestMs, longestMs] = [500, 2000]
/** One kill in so many is that of a server. */
const serverShare = 0.15

/** A process that may be killed; one that does not come back by itself is started again after a while. */
export type Victim = { name: string; kill: () => Promise<void>; start?: () => Promise<void> }

/**
 * Kills a process of any kind every second or so, until the signal aborts.
 * @param servers those of events and files, which all others need
 * @returns how often each was killed
 */
export async function killAtRandom(
  members: readonly Victim[],
  servers: readonly Victim[],
  random: () => number,
  signal: AbortSignal,
): Promise<Record<string, number>> {
  const kills: Record<string, number> = {}
  const pause = () =>
    wait(shortestMs + random() * (longestMs - shortestMs), true, { signal }).catch(() => false)
  while (await pause()) {
    const kind = random() < serverShare ? servers : members
    const victim = kind[Math.floor(random() * kind.length)]
    if (!victim) continue
    await victim.kill()
    if (victim.start) {
      await pause()
      await victim.start()
    }
    kills[victim.name] = (kills[victim.name] ?? 0) + 1
  }
  return kills
}
