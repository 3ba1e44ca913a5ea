import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { setTimeout as wait } from 'node:timers/promises'
import { JobView } from '@pdf-smaller/contracts'
import { startNatsServer } from '@pdf-smaller/testing/nats/server'
import { provideNatsCli } from '../../scripts/provision/nats-cli.ts'
import { testedNatsServer } from '../../scripts/provision/nats-server.ts'
import { readStream } from '../soak/cluster/independent.ts'
import { asks, submit } from '../soak/load.ts'
import { startSystem } from '../soak/system.ts'
import { undecided, readJobs } from '../soak/verdict.ts'
import { kept } from './kept.ts'

/**
 * Backs the event store and the files up under load, loses both, and puts them back, as docs/operations/backup.md says:
 * `npm run soak:restore -- [version of the server that is backed up] [version of that which is restored]`.
 */
const [from, to] = [process.argv[2] ?? testedNatsServer, process.argv[3] ?? testedNatsServer]
const run = promisify(execFile)
const signal = AbortSignal.timeout(900_000)
const found: string[] = []
const say = (text: string) => console.log(text)
const expected = (what: string, holds: boolean) => {
  say(`${holds ? 'holds' : 'DOES NOT HOLD'}: ${what}`)
  if (!holds) found.push(what)
}
const cli = await provideNatsCli()
const nats = (url: string, ...args: string[]) => run(cli, ['--server', url, ...args])

await using ends = new AsyncDisposableStack()
const backup = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-backup-'))
ends.defer(() => rm(backup, { recursive: true, force: true }))
const events = await startNatsServer({ version: from })
const startEvents = async () => ({ url: events.url, victims: [], stop: events.stop })
const system = await startSystem('directory', ends, { startEvents })
const [url = ''] = system.urls
const all = await asks(60, seededOrder())
let n = 0
const handIn = async (count: number) => {
  const ids: string[] = []
  for (const ask of all.slice(n, n + count)) ids.push((await submit(system.urls, n++, ask, signal)).id)
  return ids
}
const jobOf = async (id: string) => {
  const answer = await fetch(`${url}/api/jobs/${id}`, { signal: AbortSignal.timeout(10_000) })
  return answer.ok ? JobView.parse(await answer.json()) : answer.status
}
const allDecided = async () => {
  while (undecided(await readJobs(system.store)).length > 0) await wait(500, undefined, { signal })
}

const done = await handIn(15)
await allDecided()
const later = await scheduled(url)
const workers = system.members.filter(({ name }) => !name.startsWith('gateway'))
for (const each of workers) each.send('SIGSTOP')
const open = await handIn(15)
const objects = path.join(system.folder, 'objects')
// The events first: files that are newer than they are do no harm.
for (const name of kept)
  await nats(events.url, 'backup', 'stream', name, path.join(backup, name), '--consumers')
await cp(objects, path.join(backup, 'objects'), { recursive: true })
say(
  `backed up with ${from}: ${done.length} jobs have ended, ${open.length} wait or are out, 1 has its time ahead`,
)
for (const each of workers) each.send('SIGCONT')
const lost = await handIn(10)
await allDecided()

await events.kill('SIGTERM')
await rm(events.data, { recursive: true })
await rm(objects, { recursive: true })
for (const each of system.members) await each.kill()
await events.start({ version: to })
for (const name of kept) await nats(events.url, 'backup', 'restore', 'stream', path.join(backup, name))
await cp(path.join(backup, 'objects'), objects, { recursive: true })
say(`restored with ${to}`)

while (typeof (await jobOf(done[0] ?? '').catch(() => 0)) === 'number') await wait(500, undefined, { signal })
await allDecided()
const ended = await Promise.all([...done, ...open, later].map(jobOf))
expected(
  'all jobs of the backup have their outcome',
  ended.every((job) => typeof job === 'object' && job.finishedAt),
)
const results = await Promise.all(
  ended.map(async (job) => {
    if (typeof job !== 'object' || job.status !== 'completed') return true
    const answer = await fetch(`${url}/api/jobs/${job.id}/result`)
    return answer.ok && (await answer.arrayBuffer()).byteLength > 0
  }),
)
expected('their results are served', results.every(Boolean))
const gone = await Promise.all(lost.map(jobOf))
expected(
  'jobs of after the backup are unknown',
  gone.every((job) => job === 404),
)
const fresh = await handIn(10)
await allDecided()
const after = await Promise.all(fresh.map(jobOf))
expected(
  'new jobs run',
  after.every((job) => typeof job === 'object' && job.finishedAt),
)
const { jobs } = await readStream(events.url)
const once = [...jobs.values()].every(({ requested, outcomes }) => requested === 1 && outcomes.length === 1)
expected('each has one outcome', once)
const { consumers } = await system.store.survey()
while ((await system.store.survey()).consumers.some(({ out }) => out > 0))
  await wait(500, undefined, { signal })
expected(`nothing waits for an acknowledgement, of ${consumers.length} consumers`, true)
await Promise.all(system.members.map((each) => each.stop()))
process.exitCode = found.length === 0 ? 0 : 1

/** A job whose time comes after the restore: its wait is a message of the stream. */
async function scheduled(at: string): Promise<string> {
  const form = new FormData()
  const [ask] = all
  form.set('file', new Blob([ask?.files[0] ?? new Uint8Array()], { type: 'application/pdf' }), 'later.pdf')
  form.set('startAt', new Date(Date.now() + 60_000).toISOString())
  const answer = await fetch(`${at}/api/tasks/split/jobs`, { method: 'POST', body: form })
  return JobView.parse(await answer.json()).id
}

/** Every kind of job, one after the other. */
function seededOrder(): () => number {
  let at = 0
  return () => (at++ % 24) / 24
}
