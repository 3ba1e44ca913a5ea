import { setTimeout as wait } from 'node:timers/promises'
import { seeded } from '@pdf-smaller/testing/pdf/random'
import { filesBelow, processesNaming } from '@pdf-smaller/testing/system'
import { killAtRandom } from './kills.ts'
import { type Reading, startReading } from './integrators.ts'
import { asks, cancel, submit } from './load.ts'
import { startSystem, type System } from './system.ts'
import { faults, readJobs, type Seen, undecided } from './verdict.ts'

/**
 * Hands in many jobs while processes of every kind are killed at random, the servers of events and of files among them, and
 * then looks whether every job has exactly one outcome, which is once in effect with whoever reads events and is killed
 * 50 times meanwhile, and nothing is left over:
 * `npm run soak -- [jobs] [directory|minio] [seed]`. However it ends, it leaves no process and no folder.
 */
const [count, storage, seed] = [
  Number(process.argv[2] ?? 2000),
  process.argv[3] ?? 'directory',
  process.argv[4] ?? 1,
]
const atOnce = 12
const longestWaitMs = 180_000
/** What the service of webhooks had out when it was killed comes again after one to five minutes. */
const longestEffectMs = 600_000
const stopped = new AbortController()
// A second signal ends the process at once.
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => stopped.abort(new Error(`it was stopped by ${name}`)))
const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(900_000 + count * 1000)])
const random = seeded(Number(seed))
const startedAt = performance.now()
const say = (text: string) =>
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${text}`)

const found: string[] = []
try {
  await using ends = new AsyncDisposableStack()
  found.push(...(await soak(await startSystem(storage, ends), ends)))
} catch (error) {
  found.push(String(error))
}
for (const fault of found.slice(0, 50)) console.log(`FAULT ${fault}`)
say(found.length === 0 ? 'nothing is lost, doubled or left over' : `${found.length} faults`)
process.exit(found.length === 0 ? 0 : 1)

/** @returns what does not hold, in words */
async function soak(system: System, ends: AsyncDisposableStack): Promise<string[]> {
  const { members, hosts, servers, store, objects } = system
  const reading = await beginReading(system)
  ends.defer(reading.stop)
  const calm = new AbortController()
  const killing = killAtRandom(
    [...members, ...hosts],
    servers,
    random,
    AbortSignal.any([calm.signal, signal]),
  )
  ends.defer(async () => {
    calm.abort()
    await killing
  })
  const accepted = await handIn(system)
  calm.abort()
  say(`${accepted.size} jobs are accepted; killed: ${JSON.stringify(await killing)}`)
  const seen = await outcomes(system)
  await reach('the files of dead processes are deleted', async () => {
    return (await faults(seen, accepted, objects)).length === 0
  })
  await reach(
    'every outcome is in effect',
    async () => (await reading.faults()).length === 0,
    longestEffectMs,
  )
  const wrong = [...(await faults(await readJobs(store), accepted, objects)), ...(await reading.faults())]
  await reading.stop()
  for (const end of reading.ends()) say(end.trim().split('\n').slice(0, 8).join(' | '))
  await tidyUp(system)
  tell(seen)
  await Promise.all(members.map((each) => each.stop()))
  return [...wrong, ...(await leftBehind(system))]
}

async function beginReading(system: System): Promise<Reading> {
  const answers = () =>
    fetch(`${system.urls[0]}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
  await reach('the gateway answers', answers)
  return startReading(system, count, random)
}

async function handIn({ urls }: System): Promise<Set<string>> {
  const accepted = new Set<string>()
  const all = (await asks(count, random)).entries()
  const next = async () => {
    for (const [n, ask] of all) {
      const job = await submit(urls, n, ask, signal)
      accepted.add(job.id)
      if (ask.cancel) await cancel(urls, job)
      if (accepted.size % 200 === 0) say(`${accepted.size} jobs are accepted`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, next))
  return accepted
}

async function outcomes({ store }: System): Promise<Seen> {
  let seen = await readJobs(store)
  await reach('every job has an outcome', async () => {
    seen = await readJobs(store)
    return undecided(seen).length === 0
  })
  return seen
}

/** Waits for a condition as long as the soak may last; what does not come true is told by the faults. */
async function reach(
  what: string,
  condition: () => Promise<boolean>,
  longestMs = longestWaitMs,
): Promise<void> {
  const until = performance.now() + longestMs
  while (performance.now() < until) {
    if (await condition()) return say(what)
    await wait(1000, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
  say(`NOT SO: ${what}`)
}

/** The janitor removes what killed processes left in the folders that they share. */
async function tidyUp({ urls }: System): Promise<void> {
  const headers = { 'content-type': 'application/json', prefer: 'wait=60' }
  await fetch(`${urls[0]}/api/tasks/cleanup-temp-files/jobs`, { method: 'POST', body: '{}', headers, signal })
}

async function leftBehind({ folder }: System): Promise<string[]> {
  const files = await Promise.all(['work', 'objects/tmp'].map((each) => filesBelow(`${folder}/${each}`)))
  const processes = await processesNaming(folder)
  return [
    ...files.flat().map((file) => `the temporary file ${file} is left`),
    ...processes.map((each) => `the process ${each} still runs`),
  ]
}

function tell({ jobs }: Seen): void {
  const counts: Record<string, number> = {}
  for (const { status, failure, tenant } of jobs.values()) {
    if (tenant !== 'default') continue
    const name = failure && status === 'failed' ? `failed with ${failure.code}` : status
    counts[name] = (counts[name] ?? 0) + 1
  }
  say(JSON.stringify(counts))
}
