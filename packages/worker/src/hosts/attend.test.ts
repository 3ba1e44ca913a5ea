import { JobFailure } from '@pdf-smaller/contracts'
import { expect, it } from 'vitest'
import { openCores } from '../cores.ts'
import type { FromHost, Work } from '../host/protocol.ts'
import { type Attendance, attend } from './attend.ts'
import type { HostProcess } from './host-process.ts'

const cores = openCores(1)
const { signal } = new AbortController()
const use = <T>(work: () => Promise<T>) => cores.use('low', signal, work)
/** Whether a core is free again; the one that waits for it is no host. */
const isFree = () => use(async () => true)

const attendance: Attendance = {
  log: { debug: () => {}, info: () => {}, warn: () => {} },
  progress: () => {},
  tellPages: () => {},
  publish: async () => {},
  parts: { restore: async () => false, keep: async () => {} },
  core: use,
  onExit: () => {},
}
const work: Work = {
  type: 'work',
  module: '',
  task: '',
  options: {},
  inputs: [],
  workspace: '',
  engine: {
    memoryBytes: 0,
    cores: 1,
    mostObjects: 0,
    drawing: { memoryBytes: 0, mostPixels: 0, ms: 0 },
  },
}

/** A host that is attended to, and says and dies as it is told to. */
function attended() {
  const { promise: ended, resolve: die } = Promise.withResolvers<JobFailure>()
  let hear: (message: FromHost) => void = () => {}
  const host: HostProcess = {
    pid: 0,
    say: () => {},
    onMessage: (listener) => (hear = listener),
    ended,
    ready: ended,
    isAlive: () => true,
    kill: () => {},
  }
  const handOver = { take: async () => '', give: async () => false }
  const end = attend(host, work, attendance, handOver).catch((error: unknown) => error)
  const ask = (id: number) => hear({ type: 'question', id, question: { what: 'core' } })
  return { ask, say: (message: FromHost) => hear(message), die: () => die(new JobFailure('host_died')), end }
}

it('lends no core to a host that died while it waited for one', async () => {
  const [busy, waiting] = [attended(), attended()]
  busy.ask(1)
  waiting.ask(1)
  waiting.die()
  await waiting.end
  busy.say({ type: 'core back', id: 1 })
  expect(await isFree()).toBe(true)
  busy.die()
  await busy.end
})

it('takes all cores back from a host that asked for several under one number', async () => {
  const host = attended()
  host.ask(1)
  host.ask(1)
  host.die()
  await host.end
  expect(await isFree()).toBe(true)
})
