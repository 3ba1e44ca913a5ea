import { JobFailure } from '@pdf-smaller/contracts'
import { expect, it } from 'vitest'
import { openCores } from '../cores.ts'
import type { FromHost, ToHost, Work } from '../host/protocol.ts'
import { type Attendance, attend } from './attend.ts'
import type { TaskHost } from './task-host.ts'

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
  answer: async () => undefined,
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
function attended(over: Partial<Attendance> = {}) {
  const { promise: ended, resolve: die } = Promise.withResolvers<JobFailure>()
  let hear: (message: FromHost) => void = () => {}
  const heard: ToHost[] = []
  const host: TaskHost = {
    pid: 0,
    say: (message) => void heard.push(message),
    onMessage: (listener) => (hear = listener),
    ended,
    ready: ended,
    isAlive: () => true,
    kill: () => {},
  }
  const handOver = { take: async () => '', give: async () => false }
  const end = attend(host, work, { ...attendance, ...over }, handOver).catch((error: unknown) => error)
  const ask = (id: number) => hear({ type: 'question', id, question: { what: 'core' } })
  const answers = () => heard.flatMap((each) => (each.type === 'answer' ? [each] : []))
  const say = (message: FromHost) => hear(message)
  return { ask, say, answers, die: () => die(new JobFailure('host_died')), end }
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

const asksService = (id: number): FromHost => ({
  type: 'question',
  id,
  question: { what: 'service', question: { of: 'it' } },
})

it('hands on what the service answers, and why it does not, with the wait that is asked for', async () => {
  const limited = new JobFailure('llm_rate_limited', 'enough', { retryAfterMs: 300_000, final: true })
  const answers = [() => Promise.resolve({ found: 1 }), () => Promise.reject(limited)]
  const host = attended({ answer: async (question) => ({ question, ...(await answers.shift()?.()) }) })
  host.say(asksService(1))
  await expect.poll(() => host.answers()).toHaveLength(1)
  host.say(asksService(2))
  await expect.poll(() => host.answers()).toHaveLength(2)
  expect(host.answers()).toMatchObject([
    { id: 1, yes: true, reply: { question: { of: 'it' }, found: 1 } },
    {
      id: 2,
      yes: false,
      failure: { code: 'llm_rate_limited', why: 'enough', retryAfterMs: 300_000, final: true },
    },
  ])
  host.die()
  await host.end
})

it('tells the service when nobody waits for its answer any more', async () => {
  let gone: AbortSignal | undefined
  const host = attended({
    answer: (_, signal) => {
      gone = signal
      return new Promise(() => {})
    },
  })
  host.say(asksService(1))
  expect(gone?.aborted).toBe(false)
  host.die()
  await host.end
  expect(gone?.aborted).toBe(true)
})
