import { jobStream } from '@pdf-smaller/contracts'
import { command, ensureStreams, type JobStore, openJobStore, openLog } from '@pdf-smaller/platform'
import { startNatsServer } from '@pdf-smaller/testing/nats/server'
import { machine } from './machine.ts'

/** What the event store costs by itself: `node bench/event-store.ts`. Rates, the best of the rounds. */
const rounds = 5
const seconds = 1

const author = { source: '/bench' }
const limits = { softSeconds: 60, hardSeconds: 90, retries: 0 }
let ids = 0
const address = () => {
  const jobId = `01936f3c-0000-7000-8000-${(ids++).toString(16).padStart(12, '0')}`
  return { tenant: 'default', domain: 'bench', task: 'noop', jobId }
}

const server = await startNatsServer()
const connection = await server.connect()
await ensureStreams(connection, { RETRY_PACE: 1 })
const store = await openJobStore(connection, {
  log: openLog({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json' }, 'bench'),
})

/** Does something again and again, so many at once, and counts. */
async function rate(atOnce: number, act: () => Promise<unknown>): Promise<number> {
  let best = 0
  for (let round = 0; round < rounds; round++) {
    const [startedAt, cpu] = [performance.now(), process.cpuUsage()]
    let count = 0
    const worker = async () => {
      while (performance.now() - startedAt < seconds * 1000) {
        await act()
        count++
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
    const { user, system } = process.cpuUsage(cpu)
    best = Math.max(best, (count / (performance.now() - startedAt)) * 1000)
    lastCpuUs = (user + system) / count
  }
  return best
}
let lastCpuUs = 0

async function request(store: JobStore, at = address()) {
  const { tenant, domain, task } = at
  const data = { tenant, domain, task, inputs: [], options: {}, requester: 'bench', limits }
  return command(store, at, { type: 'Request', data }, author)
}

/** A job from its request to its end, each step loaded and decided on anew. */
async function life(): Promise<void> {
  const at = address()
  const requested = await request(store, at)
  const sequence = requested.job?.revision ?? 0
  await command(store, at, { type: 'Start', sequence, worker: 'bench' }, author)
  await command(store, at, { type: 'Cancel', by: 'bench', reason: '' }, author)
}

/** Eight that race for one job; one of them cancels it. */
async function race(): Promise<void> {
  const at = address()
  const { job } = await request(store, at)
  const cancel = { type: 'Cancel', by: 'bench', reason: '' } as const
  await Promise.all(Array.from({ length: 8 }, () => command(store, at, cancel, author, { job })))
}

const figures: [string, () => Promise<number>][] = [
  ['appends, one at a time', () => rate(1, () => request(store))],
  ['appends, 64 at once', () => rate(64, () => request(store))],
  ['lives of three decisions, one at a time', () => rate(1, life)],
  ['lives of three decisions, 32 at once', () => rate(32, life)],
  ['races of eight, one at a time', () => rate(1, race)],
]
process.stdout.write(`${new Date().toISOString().slice(0, 10)}, ${machine}\n`)
for (const [name, measure] of figures) {
  const value = Math.round(await measure())
  process.stdout.write(`${name}: ${value}/s, ${Math.round(lastCpuUs)} µs of this process each\n`)
}
const events = await store.lastSequence()
const scans = await rate(1, async () => {
  let n = 0
  for await (const { sequence } of store.scan(['pdf.>'])) n = sequence
  if (n !== events) throw new Error(`read up to ${n} of ${events}`)
})
process.stdout.write(`events scanned: ${Math.round(scans * events)}/s of ${events}\n`)
const one = address()
await request(store, one)
const histories = await rate(1, async () => Array.fromAsync(store.history(jobStream(one))))
process.stdout.write(`histories of one stream: ${Math.round(histories)}/s\n`)
await server.stop()
