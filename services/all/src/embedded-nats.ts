import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '@pdf-smaller/platform'
import { freeBytes, giveUpReserve, storeFolder } from './event-disk.ts'

/** The event store's server as a child of this process. */
export type EmbeddedNats = {
  url: string
  token: string
  /** Resolves with how it ended when it goes on ending without being told to. */
  ended: Promise<string>
  stop: () => Promise<void>
}

const stopMs = 5000
const pauseMs = 1000
/** A server that ends so often within so long would do so for ever. */
const [mostDeaths, deathsMs] = [4, 60_000]
/** With less, a server breaks again soon. */
const leastBytes = 256 * 1024

/**
 * Starts a nats-server on a free port of loopback, with its data under `folder`. It is protected by a token, which
 * stands in `<folder>/nats.token`, and ends with this process, however that ends. When it has met a full disk it takes no
 * events any more, whatever room there is later: then it is started again, at the same address, without its reserve. So is
 * one that somebody kills.
 * @throws Error with the server's last words when it does not start
 */
export async function startEmbeddedNats(program: string, folder: string, log: Log): Promise<EmbeddedNats> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await endPredecessor(folder)
  if ((await freeBytes(folder)) < leastBytes) await giveUpReserve(folder)
  const token = randomBytes(24).toString('base64url')
  const config = path.join(folder, 'nats.conf')
  await writeFile(path.join(folder, 'nats.token'), token, { mode: 0o600 })
  await writeFile(config, configuration(folder, token), { mode: 0o600 })
  const launch = async (port: number) => {
    const server = spawn(
      ...diesWithParent(program, ['-c', config, '-a', '127.0.0.1', '-p', String(port)]),
      serverOptions,
    )
    const { ready, lastWords, broken } = readiness(server)
    const url = await ready
    if (server.pid) await writeFile(path.join(folder, 'nats.pid'), String(server.pid))
    return { server, url, lastWords, broken }
  }
  let running = await launch(-1)
  const { url } = running
  const stopping = new AbortController()
  const { signal } = stopping
  const deaths: number[] = []
  const watch = async (): Promise<string> => {
    for (;;) {
      const { server, lastWords, broken } = running
      const exited = once(server, 'exit').then(() => 'exited' as const)
      const event = await Promise.race([exited, broken])
      if (signal.aborted) return new Promise(() => {})
      if (event === 'exited') {
        const how = `${endOf(server)}: ${lastLine(lastWords())}`
        deaths.push(performance.now())
        if (performance.now() - (deaths.at(-mostDeaths) ?? -Infinity) < deathsMs)
          return `${how}. It had been started again ${mostDeaths - 1} times in a minute; see to its disk and memory`
        log.error({ folder, how }, "the event store's server has ended; it is started again")
      } else {
        log.error({ folder }, 'the event store takes no events any more; its server is started again')
        await stop(server)
        await giveUpReserve(folder)
        // Without room it would break again at once.
        while (!signal.aborted && (await freeBytes(folder)) < leastBytes) await wait(pauseMs)
      }
      if (signal.aborted) return new Promise(() => {})
      running = await launch(Number(new URL(url).port))
      await wait(pauseMs)
    }
  }
  return {
    url,
    token,
    ended: watch().catch((error: unknown) => String(error)),
    stop: () => {
      stopping.abort()
      return stop(running.server)
    },
  }
}

const endOf = ({ signalCode, exitCode }: ChildProcess) =>
  signalCode ? `it was ended by ${signalCode}` : `it exited with code ${exitCode}`

const lastLine = (words: string) => words.trim().split('\n').at(-1) ?? ''

const serverOptions: SpawnOptions = {
  stdio: ['ignore', 'ignore', 'pipe'],
  // The server's own process group: Ctrl-C on the terminal reaches this process first, which then stops it in order.
  detached: true,
  env: { GOMEMLIMIT: '512MiB', GOGC: '50' },
}

function configuration(folder: string, token: string): string {
  return `
max_payload: 8MB
authorization { token: ${JSON.stringify(token)} }
jetstream {
  store_dir: ${JSON.stringify(storeFolder(folder))}
  sync_interval: "1s"
  # Three quarters of what is free at its start would be its own idea, of little use on a disk that it shares.
  max_file_store: 1PB
}
`
}

/** Linux can end a child with its parent even when that is killed; elsewhere the next start does it. */
function diesWithParent(program: string, args: string[]): [string, string[]] {
  return existsSync('/usr/bin/setpriv')
    ? ['/usr/bin/setpriv', ['--pdeathsig', 'TERM', program, ...args]]
    : [program, args]
}

/** Ends the server of a process that was killed, so that two never share the data. */
async function endPredecessor(folder: string): Promise<void> {
  const pid = Number(await readFile(path.join(folder, 'nats.pid'), 'utf8').catch(() => '0'))
  if (!pid) return
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (!command.includes(path.join(folder, 'nats.conf'))) return
  process.kill(pid, 'SIGTERM')
  const deadline = Date.now() + stopMs
  while (existsSync(`/proc/${pid}`) && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 20))
}

/** The server tells its address, and then that it is ready. */
function readiness(server: ChildProcess): {
  ready: Promise<string>
  lastWords: () => string
  /** It cannot write what it has to, and does not try again. */
  broken: Promise<'broken'>
} {
  let log = ''
  const broken = new Promise<'broken'>((resolve) => {
    server.stderr?.on('data', (chunk) => {
      if (/critical write error|will be DISABLED|disabling JetStream/i.test(String(chunk))) resolve('broken')
    })
  })
  const ready = new Promise<string>((resolve, reject) => {
    server.stderr?.on('data', (chunk) => {
      log = (log + String(chunk)).slice(-4000)
      const address = /Listening for client connections on (\S+)/.exec(log)?.[1]
      if (address && log.includes('Server is ready')) resolve(`nats://${address}`)
    })
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`nats-server ended with ${code}:\n${log}`)))
  })
  return { ready, lastWords: () => log, broken }
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const exited = once(server, 'exit')
  server.kill('SIGTERM')
  const kill = setTimeout(() => server.kill('SIGKILL'), stopMs)
  await exited
  clearTimeout(kill)
}
