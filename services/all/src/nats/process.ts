import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { configFile } from './config.ts'

/** A nats-server that is ready. */
export type ServerProcess = {
  /** Where it listens: host and port. */
  address: string
  /** Resolves when it has ended, with how. */
  exited: Promise<string>
  /** Resolves when it cannot write what it has to, and does not try again. */
  broken: Promise<'broken'>
  /** Lets it read its configuration again. @throws Error when it does not take it; never settles where it ends meanwhile */
  reload: () => Promise<void>
  stop: () => Promise<void>
}

/** Another program listens where a server was to. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken'
}

const stopMs = 5000

/**
 * Starts a nats-server with the configuration of a folder. It ends with this process, however that ends.
 * @param port 0 picks a free one
 * @throws PortTaken; Error with the server's last words
 */
export async function startServer(
  program: string,
  folder: string,
  { host, port }: { host: string; port: number },
): Promise<ServerProcess> {
  const args = ['-c', configFile(folder), '-a', host, '-p', String(port || -1)]
  const server = spawn(...diesWithParent(program, args), serverOptions)
  const lines = linesOf(server)
  const exited = once(server, 'exit').then(() => `${endOf(server)}: ${lines.last()}`)
  const broken = lines
    .next(/critical write error|will be DISABLED|disabling JetStream/i)
    .then(() => 'broken' as const)
  const address = lines.next(/Listening for client connections on (\S+)/)
  const early = exited.then((how) => {
    const taken = lines.all().includes('address already in use')
    throw taken ? new PortTaken(how) : new Error(`nats-server does not start; ${how}\n${lines.all()}`)
  })
  early.catch(() => {})
  await Promise.race([lines.next(/Server is ready/), early])
  if (server.pid) await writeFile(path.join(folder, 'nats.pid'), String(server.pid))
  const [, where = ''] = await address
  return {
    address: where,
    exited,
    broken,
    reload: async () => {
      const done = lines.next(/Reloaded server configuration|Failed to reload server configuration: (.*)/)
      server.kill('SIGHUP')
      const [, why] = await done
      if (why !== undefined) throw new Error(`nats-server does not take its configuration: ${why}`)
    },
    stop: () => stop(server),
  }
}

const serverOptions: SpawnOptions = {
  stdio: ['ignore', 'ignore', 'pipe'],
  // The server's own process group: Ctrl-C on the terminal reaches this process first, which then stops it in order.
  detached: true,
  env: { GOMEMLIMIT: '512MiB', GOGC: '50' },
}

/** Linux can end a child with its parent even when that is killed; elsewhere the next start does it. */
function diesWithParent(program: string, args: string[]): [string, string[]] {
  return existsSync('/usr/bin/setpriv')
    ? ['/usr/bin/setpriv', ['--pdeathsig', 'TERM', program, ...args]]
    : [program, args]
}

/** What a server says, from now on. */
function linesOf(server: ChildProcess) {
  const kept: string[] = []
  const awaited = new Set<{ pattern: RegExp; resolve: (match: RegExpExecArray) => void }>()
  if (server.stderr)
    createInterface({ input: server.stderr }).on('line', (line) => {
      kept.push(line)
      if (kept.length > mostLines) kept.shift()
      for (const each of awaited) {
        const match = each.pattern.exec(line)
        if (match && awaited.delete(each)) each.resolve(match)
      }
    })
  return {
    last: () => kept.at(-1) ?? '',
    all: () => kept.join('\n'),
    next: (pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve) => void awaited.add({ pattern, resolve })),
  }
}

const mostLines = 40

const endOf = ({ signalCode, exitCode }: ChildProcess) =>
  signalCode ? `it was ended by ${signalCode}` : `it exited with code ${exitCode}`

/** Ends the server of a process that was killed, so that two never share the data. */
export async function endPredecessor(folder: string): Promise<void> {
  const pid = Number(await readFile(path.join(folder, 'nats.pid'), 'utf8').catch(() => '0'))
  if (!pid) return
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (!command.includes(configFile(folder))) return
  process.kill(pid, 'SIGTERM')
  const deadline = Date.now() + stopMs
  while (existsSync(`/proc/${pid}`) && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 20))
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const exited = once(server, 'exit')
  server.kill('SIGTERM')
  const kill = setTimeout(() => server.kill('SIGKILL'), stopMs)
  await exited
  clearTimeout(kill)
}
