import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { startIntegrators } from '../integrators/start.ts'
import { differences, outcomesIn } from '../integrators/truth.ts'
import type { System } from './system.ts'

/** How often each of them is killed. */
const kills = 50

export type Reading = {
  /** What does not hold, in words: each outcome is to be in effect once with everybody, and everybody was killed. */
  faults: () => Promise<string[]>
  /** What was said by those that have ended by themselves, as services were away, and were started again. */
  ends: () => string[]
  stop: () => Promise<void>
}

/** Starts whoever reads events beside a system, to be killed `kills` times each while so many jobs come to their ends. */
export async function startReading(
  { urls, folder, connection, letIn }: System,
  jobs: number,
  random: () => number,
): Promise<Reading> {
  const own = path.join(folder, 'integrators')
  await mkdir(own)
  const { all, stop } = await startIntegrators({
    url: urls[0] ?? '',
    folder: own,
    kills,
    effects: jobs,
    random,
    letIn: async ({ serverConfig }) => letIn?.(serverConfig?.account ?? ''),
  })
  const faults = async () => {
    const truth = await outcomesIn(connection, 'default')
    const found = await Promise.all(
      all.map(async ({ name, effects, kills: times }) => [
        ...differences(name, await effects(), truth),
        ...(times() === kills ? [] : [`${name} was killed ${times()} times`]),
      ]),
    )
    return found.flat()
  }
  return { faults, ends: () => all.flatMap((each) => each.ends()), stop }
}
