import { setTimeout as wait } from 'node:timers/promises'
import type { NatsServer } from '../fixtures/nats/server.ts'
import type { Member } from './fleet.ts'

const [shortestMs, longestMs] = [500, 2000]
/** One kill in so many is that of the event store's server. */
const serverShare = 0.1

/** Kills a process of any kind every second or so, until the signal aborts. @returns how often each was killed */
export async function killAtRandom(
  members: readonly Member[],
  nats: NatsServer,
  random: () => number,
  signal: AbortSignal,
): Promise<Record<string, number>> {
  const kills: Record<string, number> = {}
  const pause = () =>
    wait(shortestMs + random() * (longestMs - shortestMs), true, { signal }).catch(() => false)
  while (await pause()) {
    const victim = members[Math.floor(random() * members.length)]
    const name = random() < serverShare || !victim ? 'nats-server' : victim.name
    if (name === 'nats-server') {
      await nats.kill()
      await nats.start()
    } else await victim?.kill()
    kills[name] = (kills[name] ?? 0) + 1
  }
  return kills
}
