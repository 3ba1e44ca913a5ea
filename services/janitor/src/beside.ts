import { setTimeout as wait } from 'node:timers/promises'
import type { WorkerParts } from '@pdf-smaller/worker'
import { followDeadLetters } from '../nets/dead-letters.ts'
import { followOpenJobs } from '../nets/open-jobs.ts'
import { openSweep } from '../nets/sweep.ts'
import { schedules } from '../schedule/schedules.ts'
import { catchUp, followTicks, setSchedules } from '../schedule/ticks.ts'

/** Soon enough for a first look, and late enough for a system that is started for one job. */
const firstRoundMs = 5000
const roundMs = 60_000

/** What a janitor does beside its jobs: it keeps the schedules, and sees to it that no job stays without an outcome. */
export async function besideJobs(parts: WorkerParts): Promise<() => Promise<void>> {
  const { store, log } = parts
  const clock = () => new Date()
  await setSchedules(store, schedules, clock())
  const ticks = await followTicks({ store, log, clock }, schedules)
  const deadLetters = await followDeadLetters(parts)
  const openJobs = followOpenJobs(store, log)
  const sweep = openSweep(parts, openJobs)

  const ended = new AbortController()
  const rounds = makeRounds(ended.signal, async () => {
    try {
      await catchUp(parts, schedules, clock())
      await sweep(clock())
    } catch (error) {
      log.warn({ err: error }, 'a round of the janitor came to nothing; the next one follows')
    }
  })
  return async () => {
    ended.abort()
    openJobs.stop()
    await Promise.all([ticks.drain(), deadLetters.drain(), rounds])
  }
}

/** Repeats a round until the signal aborts. */
async function makeRounds(signal: AbortSignal, round: () => Promise<void>): Promise<void> {
  const pause = (ms: number) => wait(ms, true, { signal, ref: false }).catch(() => false)
  for (let ms = firstRoundMs; await pause(ms); ms = roundMs) await round()
}
