import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

const folder = import.meta.dirname
const cache = path.join(folder, '../../node_modules/.cache/node')

/** One of the programs here, and what it is started with. */
export type Program = {
  name: string
  args: string[]
  settings?: Record<string, string>
  /** How many moments each effect has at least. */
  moments: number
}

export type Killing = {
  kills: number
  /** The effects that are to come. */
  effects: number
  random: () => number
}

export type Kept = {
  name: string
  kills: () => number
  /** Whatever it has said when it ended by itself, as when services are away for too long; it is started again then. */
  ends: () => readonly string[]
  stop: () => Promise<void>
}

/** The most turns of the event loop between a moment and an end: some ends are in the middle of other things. */
const mostTurns = 4

/** Behind the first effect, before whoever sent its event can know of it: then it comes again for certain. */
const firstEnd = 3

/** Starts a program, has it end as by `kill -9` at a random moment, and starts it again, as often as is said; then it stays. */
export function keepRunning(
  { name, args, settings, moments }: Program,
  { kills, effects, random }: Killing,
): Kept {
  const apart = Math.max(1, Math.floor((effects * moments) / kills))
  let child: ChildProcess
  let killed = 0
  const ends: string[] = []
  let stopped = false
  const below = (most: number) => Math.floor(random() * most)
  const start = () => {
    const moment = killed < kills ? (killed === 0 ? firstEnd : 1 + below(apart)) : 0
    const turns = killed === 0 ? 0 : below(mostTurns)
    const fate = { FATE_MOMENT: String(moment), FATE_TURNS: String(turns) }
    const started = spawn(process.execPath, [path.join(folder, `${name}.ts`), ...args], {
      stdio: ['ignore', 'inherit', 'pipe'],
      env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: cache, ...settings, ...fate },
    })
    child = started
    let words = ''
    started.stderr.on('data', (chunk) => (words += String(chunk)))
    started.once('close', (code, signal) => {
      if (stopped) return
      if (moment > 0 && signal === 'SIGKILL') killed += 1
      else ends.push(`${name} has ended with ${signal ?? code}: ${words}`)
      start()
    })
  }
  start()
  return {
    name,
    kills: () => killed,
    ends: () => ends,
    stop: async () => {
      stopped = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'close')
      child.kill('SIGKILL')
      await ended
    },
  }
}
