import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Duplex, type Readable } from 'node:stream'
import { JobFailure } from '@pdf-smaller/contracts'
import type { z } from 'zod'
import { type Channel, openChannel } from './channel.ts'
import type { HostCommand } from './command-line.ts'
import { failureOfDeath, killsForMemory } from './death.ts'
import { killTree } from './process-tree.ts'

/** What a host says: it begins with `ready`. */
export type Said = { type: string }

/** A process that works on one thing at a time, in the words of its owner. */
export type HostProcess<In extends Said, Out> = {
  pid: number
  say: Channel<Out>['say']
  /** Who hears what the host says from now on. */
  onMessage: (hear: (message: In) => void) => void
  /** Resolves when the process has ended, with what fails that it worked on. */
  ended: Promise<JobFailure>
  /** Resolves when it can take an order, or has ended. */
  ready: Promise<unknown>
  isAlive: () => boolean
  /** Ends it and all that it has started at once, whatever they do. @param why what fails that it works on */
  kill: (why?: JobFailure) => void
}

/** For a start, on the busiest machine. */
const startMs = 60_000
const lastWordsBytes = 8192

/** Whoever ends without ending its hosts takes them along: one that blocks its loop would run for ever. */
const living = new Set<Pick<HostProcess<Said, unknown>, 'kill'>>()
process.once('exit', () => {
  for (const host of living) host.kill()
})

/** Starts a host. It is in a group of its own: what ends the worker from a terminal is not meant for it. */
export function startHost<In extends Said, Out>(
  { file, args, env }: HostCommand,
  cwd: string,
  says: z.ZodType<In>,
): HostProcess<In, Out> {
  const shortBefore = killsForMemory()
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  const pid = child.pid ?? 0
  let because: JobFailure | undefined
  let hear: (message: In) => void = () => {}
  let alive = true
  const lastWords = listen(child.stderr)
  const kill = (why?: JobFailure) => {
    because ??= why
    if (alive && pid > 0) killTree(pid)
  }
  const { promise: isReady, resolve: readied } = Promise.withResolvers<void>()
  const late = setTimeout(() => kill(new JobFailure('host_died', 'it did not start')), startMs)
  const channel = openChannel<In, Out>(streamOf(child), says, {
    hear: (message) => (message.type === 'ready' ? readied() : hear(message)),
    // Mostly because it is about to end; it may tell why.
    lost: (why) => void setTimeout(() => kill(new JobFailure('host_died', why)), lostMs),
  })
  const ended = endOf(child).then(({ exitCode, signal }) => {
    alive = false
    living.delete(host)
    channel.close()
    const memoryWasShort = killsForMemory() > shortBefore
    return because ?? failureOfDeath({ exitCode, signal, lastWords: lastWords(), memoryWasShort })
  })
  const ready = Promise.race([isReady, ended]).finally(() => clearTimeout(late))
  const onMessage = (listener: typeof hear) => (hear = listener)
  const host = { pid, say: channel.say, onMessage, ended, ready, isAlive: () => alive, kill }
  living.add(host)
  return host
}

/** A busy machine takes its time between the parts of an end. */
const lostMs = 1000

/** The channel stands behind the three streams that every process has. */
function streamOf({ stdio }: ChildProcess): Duplex {
  const stream = stdio[3]
  if (!(stream instanceof Duplex)) throw new Error('a host has no channel')
  return stream
}

type End = { exitCode: number | null; signal: NodeJS.Signals | null }

/** With its last words, for which something that it started may have no end. */
async function endOf(child: ChildProcess): Promise<End> {
  const closed = once(child, 'close')
  const { promise: exited, resolve } = Promise.withResolvers<End>()
  child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }))
  child.once('error', () => resolve({ exitCode: 127, signal: null }))
  const end = await exited
  const { promise: waited, resolve: enough } = Promise.withResolvers<void>()
  const timer = setTimeout(enough, lostMs)
  await Promise.race([closed, waited]).catch(() => {})
  clearTimeout(timer)
  return end
}

/** @returns tells the end of what was said, up to a limit */
function listen(stream: Readable | null): () => string {
  let said = ''
  stream?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-lastWordsBytes)
  })
  return () => said
}
