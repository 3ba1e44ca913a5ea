import type { WorkerParts } from '@pdf-smaller/worker'
import { followDeadLetters } from '../nets/dead-letters.ts'
import { followOpenJobs } from '../nets/open-jobs.ts'
import { openSweep } from '../nets/sweep.ts'
import { schedules } from '../schedule/schedules.ts'
import { catchUp, followTicks, setSchedules } from '../schedule/ticks.ts'

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

  const round = async () => {
    try {
      await catchUp(parts, schedules, clock())
      await sweep(clock())
    } catch (error) {
      log.warn({ err: error }, 'a round of the janitor came to nothing; the next one follows')
    }
  }
  let running = round()
  const timer = setInterval(() => {
    running = running.then(round)
  }, roundMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    openJobs.stop()
    await Promise.all([ticks.drain(), deadLetters.drain(), running])
  }
}
