import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { seeded } from '@pdf-smaller/testing/pdf/random'
import { asks, submit } from './load.ts'
import { startSystem } from './system.ts'
import { faults, readJobs, undecided } from './verdict.ts'

/**
 * Hands in jobs while eight processes burn whatever the cores give, stops one worker of each kind for longer than a silence
 * may last, and looks whether every job has one outcome, and none is told to have lost its worker:
 * `node test/soak/starve.ts [jobs] [seconds] [burners]`.
 */
const [count, seconds, burners] = [
  Number(process.argv[2] ?? 40),
  Number(process.argv[3] ?? 40),
  Number(process.argv[4] ?? 8),
]
const longestWaitMs = 900_000
const signal = AbortSignal.timeout(longestWaitMs)

function burn(): ChildProcess {
  return spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })
}

await using ends = new AsyncDisposableStack()
const system = await startSystem('directory', ends, { over: { PDF_SMALLER_RETRY_PACE: '1' } })
const burning = Array.from({ length: burners }, burn)
ends.defer(() => burning.forEach((each) => each.kill('SIGKILL')))

const accepted = new Set<string>()
for (const [n, ask] of (await asks(count, seeded(1))).entries())
  accepted.add((await submit(system.urls, n, { ...ask, cancel: false }, signal)).id)
console.log(`${accepted.size} jobs are accepted`)
const stopped = system.members.filter(({ name }) =>
  /^(ai-extraction|compression|conversion|ocr)-0$/.test(name),
)
for (const each of stopped) each.send('SIGSTOP')
await wait(seconds * 1000)
for (const each of stopped) each.send('SIGCONT')
console.log(`${stopped.map(({ name }) => name).join(', ')} were stopped for ${seconds} s`)

let seen = await readJobs(system.store)
while (undecided(seen).length > 0 && !signal.aborted) {
  await wait(1000)
  seen = await readJobs(system.store)
}
const jobs = [...seen.jobs.values()].filter(({ tenant }) => tenant === 'default')
const found = [
  ...(await faults(seen, accepted, system.objects)),
  ...jobs
    .filter(({ failure }) => failure?.code === 'worker_lost')
    .map(({ id }) => `job ${id} lost its worker`),
]
const outcomes = Object.groupBy(jobs, ({ status, failure }) =>
  status === 'failed' ? `${failure?.code}` : status,
)
console.log(
  Object.entries(outcomes)
    .map(([name, of]) => `${of?.length} ${name}`)
    .join(', '),
)
console.log(`${jobs.filter(({ lost }) => lost).length} were started again, as nobody answered for them`)
for (const fault of found) console.log(`FAULT ${fault}`)
console.log(
  found.length === 0 ? 'every job has one outcome, and none has lost its worker' : `${found.length} faults`,
)
process.exitCode = found.length === 0 ? 0 : 1
