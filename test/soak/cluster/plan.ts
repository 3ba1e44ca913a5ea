import { setTimeout as wait } from 'node:timers/promises'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { NatsCluster } from '@pdf-smaller/testing/nats/cluster'
import { type Member, root } from '../fleet.ts'
import type { Victim } from '../kills.ts'

/** Something that happens under load. */
export type Step = { what: string; run: () => Promise<void> }

const downMs = 5000

/** Kills the leader of the stream of events three times, one process of each service, and the store of files twice. */
export function kills(cluster: NatsCluster, members: readonly Member[], store: Victim): Step[] {
  const leader = (signal: NodeJS.Signals): Step => ({
    what: `the stream's leader is ended by ${signal}`,
    run: async () => {
      const node = await cluster.leaderOf('JOBS')
      await node.kill(signal)
      await wait(downMs)
      await node.start()
      // A second one that is missing would leave no majority.
      await cluster.whole('JOBS')
    },
  })
  const files: Step = {
    what: 'the store of files is killed',
    run: async () => {
      await store.kill()
      await wait(downMs)
      await store.start?.()
    },
  }
  const ofService = (name: string): Step[] =>
    members
      .filter((member) => member.name === name)
      .map((member) => ({ what: `${name} is killed`, run: member.kill }))
  return [
    ...ofService('gateway-0'),
    leader('SIGKILL'),
    ...['conversion-0', 'ocr-0'].flatMap(ofService),
    files,
    ...['compression-0', 'ai-extraction-0'].flatMap(ofService),
    leader('SIGTERM'),
    ...['janitor-0', 'gateway-1'].flatMap(ofService),
    files,
    leader('SIGKILL'),
  ]
}

/** The step of this release, and then its services in place of those of the release before, one by one and in any order. */
export function upgrade(
  members: readonly Member[],
  settings: Record<string, string>,
  random: () => number,
): Step[] {
  const shuffled = members
    .map((member) => ({ member, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ member }) => member)
  return [
    { what: 'the step of this release runs', run: () => runStep(settings) },
    ...shuffled.map((member) => ({
      what: `${member.name} is replaced`,
      run: () => member.replace(root),
    })),
  ]
}

async function runStep(settings: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [path.join(root, 'services/streams/src/main.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: process.env['PATH'], ...settings },
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`the step ended with ${code}`)
}

/** Runs the steps, spread over the time in which jobs are handed in. @param share of the jobs that are handed in, from 0 to 1 */
export async function carryOut(
  steps: readonly Step[],
  share: () => number,
  { signal, say }: { signal: AbortSignal; say: (text: string) => void },
): Promise<void> {
  for (const [n, { what, run }] of steps.entries()) {
    while (share() < (n + 1) / (steps.length + 1)) await wait(100, undefined, { signal })
    say(what)
    await run()
  }
}
