import { setTimeout as wait } from 'node:timers/promises'
import type { JobView } from '@pdf-smaller/contracts'
import { StoreUnavailable } from '@pdf-smaller/eventstore'
import { startNatsCluster } from '@pdf-smaller/testing/nats/cluster'
import { seeded } from '@pdf-smaller/testing/pdf/random'
import { asks, type Ask, submit } from '../load.ts'
import { startSystem, type System } from '../system.ts'
import { faults, readJobs, type Seen, undecided } from '../verdict.ts'
import { faultsIn, faultyFiles, lead, readStream } from './independent.ts'
import { carryOut, kills, upgrade } from './plan.ts'
import { type Polled, pollStatus } from './poller.ts'

/**
 * The system as on a cluster: three nats-servers, two gateways, two of each worker and an S3 store, all processes of their
 * own; `npm run soak:cluster -- [jobs] [seed] [checkout of the release before]`. Without that, one of everything is killed
 * under load; with it, the services are replaced by those of this release. The end is judged by programs of others.
 */
const [count, seed, before] = [Number(process.argv[2] ?? 500), Number(process.argv[3] ?? 1), process.argv[4]]
const atOnce = 12
const longestWaitMs = 240_000
const settlesMs = 120_000
/** How a job may fail whose file is whole, where servers and workers are killed. */
const ofKills = new Set(['storage_unavailable', 'worker_lost'])
/** Nobody who asks one gateway after the other is without an answer for longer, ms; the machine may be a busy one. */
const longestGapMs = 30_000
const stopped = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => stopped.abort(new Error(`it was stopped by ${name}`)))
const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(600_000 + count * 2000)])
const random = seeded(seed)
const startedAt = performance.now()
const say = (text: string) =>
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${text}`)

const found: string[] = []
try {
  await using ends = new AsyncDisposableStack()
  found.push(...(await soak(ends)))
} catch (error) {
  found.push(error instanceof Error ? `${error.stack}` : String(error))
}
for (const fault of found.slice(0, 50)) console.log(`FAULT ${fault}`)
say(
  found.length === 0
    ? 'each accepted job has one outcome, and its files are right'
    : `${found.length} faults`,
)
process.exit(found.length === 0 ? 0 : 1)

async function soak(ends: AsyncDisposableStack): Promise<string[]> {
  const cluster = await startNatsCluster()
  const settings = { PDF_SMALLER_NATS_REPLICAS: '3', PDF_SMALLER_NATS_URL: cluster.url }
  const startEvents = async () => ({ url: cluster.url, victims: [], stop: cluster.stop })
  // A switch is not to go off while an append waits for the next leader: it would take the files of a job that is accepted then.
  const over = { ...settings, PDF_SMALLER_UPLOAD_GRACE_SECONDS: '60' }
  const started = { over, startEvents, ...(before ? { checkout: before } : {}) }
  const system = await startSystem('minio', ends, started)
  const [files] = system.servers
  if (!files) throw new Error('there is no store of files that can be killed')
  const accepted = new Set<string>()
  const asked = new Map<string, Ask>()
  const endPolling = pollStatus(system.urls, accepted)
  const steps = before
    ? upgrade(system.members, system.settings, random)
    : kills(cluster, system.members, files)
  const happening = carryOut(steps, () => accepted.size / count, { signal, say })
  happening.catch((error: unknown) => stopped.abort(error))
  await handIn(system, accepted, asked)
  await happening
  say(`${accepted.size} jobs are accepted`)
  const seen = await outcomes(system)
  const polled = await endPolling()
  tell(seen, polled)
  const own = await settled(system, seen, accepted)
  const { opened, faults: unopened } = await faultyFiles(seen.jobs.values(), system.objects)
  say(`${opened} files of results are opened`)
  const wrong = [
    ...own,
    ...unexpected(seen.jobs, asked),
    ...unopened,
    ...polled.faults,
    ...gapsIn(polled),
    ...(await readEachCopy(cluster, accepted)),
  ]
  await Promise.all(system.members.map((each) => each.stop()))
  return wrong
}

async function handIn({ urls }: System, accepted: Set<string>, asked: Map<string, Ask>): Promise<void> {
  const all = (await asks(count, random)).entries()
  const next = async () => {
    for (const [n, ask] of all) {
      const { id } = await submit(urls, n, ask, signal)
      accepted.add(id)
      asked.set(id, ask)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, next))
}

async function outcomes({ store }: System): Promise<Seen> {
  const until = performance.now() + longestWaitMs
  for (;;) {
    const over = performance.now() > until
    // The last kill may be a moment ago.
    const seen = await readJobs(store).catch((error: unknown) => {
      if (over || !(error instanceof StoreUnavailable)) throw error
    })
    const open = seen && undecided(seen)
    if (open?.length === 0) say('every job has an outcome')
    if (seen && (open?.length === 0 || over)) return seen
    await wait(1000, undefined, { signal })
  }
}

/**
 * What does not hold when what dead processes left has had its time to be removed. What a lost attempt had stored, and could
 * not be removed while the store was away, stays with the files of its job, and goes with them.
 */
async function settled({ objects }: System, seen: Seen, accepted: ReadonlySet<string>): Promise<string[]> {
  const until = performance.now() + settlesMs
  for (;;) {
    const all = await faults(seen, accepted, objects)
    const wrong = all.filter((fault) => !isLeft(fault, seen))
    if (all.length === 0 || performance.now() > until) {
      say(`${all.length - wrong.length} files of attempts that do not count are left until their jobs expire`)
      return wrong
    }
    await wait(1000, undefined, { signal })
  }
}

/** Jobs that ended otherwise than their files ask for, in words: a system that fails everything does not pass. */
function unexpected(jobs: ReadonlyMap<string, JobView>, asked: ReadonlyMap<string, Ask>): string[] {
  return [...asked].flatMap(([id, { task, whole }]) => {
    const job = jobs.get(id)
    if (!job || job.status === (whole ? 'completed' : 'failed')) return []
    const code = job.status === 'failed' ? (job.failure?.code ?? '') : ''
    return ofKills.has(code)
      ? []
      : [`job ${id} (${task}) of a ${whole ? 'whole' : 'broken'} file is ${job.status} ${code}`]
  })
}

function isLeft(fault: string, { jobs }: Seen): boolean {
  const [, id] = /^the object [^/]+\/([^/]+)\/(?:out|parts)\/\S+ is of no job$/.exec(fault) ?? []
  return id !== undefined && jobs.has(id)
}

/** Reads the stream from each server: none lacks anything, and all hold the same. */
async function readEachCopy(
  { nodes, url, leaderOf, whole }: Awaited<ReturnType<typeof startNatsCluster>>,
  accepted: ReadonlySet<string>,
): Promise<string[]> {
  const wrong: string[] = []
  const digests = new Set<string>()
  for (const node of nodes) {
    await whole('JOBS')
    while ((await leaderOf('JOBS')) !== node) {
      await lead(url, node.name)
      await wait(500, undefined, { signal })
    }
    const reading = await readStream(node.url)
    wrong.push(...faultsIn(reading, accepted).map((fault) => `${node.name}: ${fault}`))
    digests.add(reading.digest)
  }
  say('the stream was read from each of its copies')
  return digests.size === 1 ? wrong : [...wrong, 'the copies of the stream differ']
}

function gapsIn({ gaps: { together } }: Polled): string[] {
  return together > longestGapMs ? [`no gateway told a status for ${together} ms`] : []
}

function tell({ jobs }: Seen, { answers, unanswered, gaps: { each, together } }: Polled): void {
  const own = [...jobs.values()].filter(({ tenant }) => tenant === 'default')
  const counts = Object.entries(
    Object.groupBy(own, ({ task, status, failure }) =>
      [task, status, ...(status === 'failed' && failure ? [failure.code] : [])].join(' '),
    ),
  ).map(([name, of]) => `${of?.length} ${name}`)
  say(counts.toSorted().join(', '))
  const took = own
    .map((job) => ({
      job,
      ms: Date.parse(job.finishedAt ?? new Date().toISOString()) - Date.parse(job.requestedAt),
    }))
    .toSorted((a, b) => b.ms - a.ms)
  for (const { job, ms } of took.slice(0, 5))
    say(`${job.id} (${job.task}) took ${(ms / 1000).toFixed(1)} s, ${job.attempt} attempts, ${job.status}`)
  say(`median of all ${((took[Math.floor(took.length / 2)]?.ms ?? 0) / 1000).toFixed(1)} s`)
  say(`${answers} times a status was told; longest without: ${each.join(' and ')} ms, both ${together} ms`)
  say(`not told: ${JSON.stringify(unanswered)}`)
}
