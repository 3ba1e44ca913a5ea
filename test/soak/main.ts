import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { connectNats, loadConfig, openJobStore, openLog, openObjects } from '@pdf-smaller/platform'
import { startNatsServer } from '../fixtures/nats/server.ts'
import { startMinio } from '../fixtures/object-servers/minio.ts'
import { seeded } from '../fixtures/pdf/random.ts'
import { filesBelow, processesNaming } from '../fixtures/system.ts'
import { killAtRandom } from './kills.ts'
import { asks, cancel, submit } from './load.ts'
import { startFleet } from './system.ts'
import { faults, readJobs, type Seen, undecided } from './verdict.ts'

/**
 * Hands in many jobs while processes of every kind are killed at random, the event store's server among them, and then
 * looks whether every job has exactly one outcome and nothing is left over: `npm run soak -- [jobs] [directory|minio] [seed]`.
 */
const [count, storage, seed] = [
  Number(process.argv[2] ?? 2000),
  process.argv[3] ?? 'directory',
  process.argv[4] ?? 1,
]
const atOnce = 12
const signal = AbortSignal.timeout(120_000 + count * 1000)
const random = seeded(Number(seed))

const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-soak-'))
const [nats, s3] = await Promise.all([startNatsServer(), storage === 'minio' ? startMinio() : undefined])
const { urls, members, settings } = await startFleet(nats, folder, s3)
const config = loadConfig(settings)
const connection = await connectNats(config, openLog(config, 'soak'), 'soak')
const store = await openJobStore(connection, config)
const objects = await openObjects(config)
const startedAt = performance.now()
const say = (text: string) =>
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${text}`)

const accepted = new Set<string>()
const found: string[] = []
try {
  const calm = new AbortController()
  const killing = killAtRandom(members, nats, random, calm.signal)
  await handIn()
  calm.abort()
  say(`${accepted.size} jobs are accepted; killed: ${JSON.stringify(await killing)}`)
  const seen = await outcomes()
  await reach(
    'the files of dead gateways are deleted',
    async () => (await faults(seen, accepted, objects)).length === 0,
  )
  found.push(...(await faults(await readJobs(store), accepted, objects)))
  await tidyUp()
  tell(seen)
} catch (error) {
  found.push(String(error))
} finally {
  await Promise.all(members.map((each) => each.stop()))
}
const work = await filesBelow(path.join(folder, 'work'))
const temporary = await filesBelow(path.join(folder, 'objects', 'tmp'))
found.push(...[...work, ...temporary].map((file) => `the temporary file ${file} is left`))
for (const each of await processesNaming(folder)) found.push(`the process ${each} still runs`)
await objects.close()
await connection.close()
await Promise.all([nats.stop(), s3?.stop()])
await rm(folder, { recursive: true, force: true })
for (const fault of found.slice(0, 50)) console.log(`FAULT ${fault}`)
say(found.length === 0 ? 'nothing is lost, doubled or left over' : `${found.length} faults`)
process.exit(found.length === 0 ? 0 : 1)

async function handIn(): Promise<void> {
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
}

async function outcomes(): Promise<Seen> {
  let seen = await readJobs(store)
  await reach('every job has an outcome', async () => {
    seen = await readJobs(store)
    return undecided(seen).length === 0
  })
  return seen
}

/** Waits for a condition as long as the soak may last; what does not come true is told by the faults. */
async function reach(what: string, condition: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + 180_000
  while (performance.now() < until && !signal.aborted) {
    if (await condition()) return say(what)
    await wait(1000)
  }
  say(`NOT SO: ${what}`)
}

/** The janitor removes what killed processes left in the folders that they share. */
async function tidyUp(): Promise<void> {
  const headers = { 'content-type': 'application/json', prefer: 'wait=60' }
  await fetch(`${urls[0]}/api/jobs/cleanup-temp-files`, { method: 'POST', body: '{}', headers })
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
