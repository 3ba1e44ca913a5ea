import { rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { JobFailure } from '@pdf-smaller/contracts'
import { type HostProcess, type Launch, openLaunch, watchTree } from '@pdf-smaller/hosts'
import type { Log } from '@pdf-smaller/platform'
import { FromHost, type Order } from './host/protocol.ts'
import type { PageConfig } from './settings.ts'

/** A process that draws the pages of one file, which lies in its folder. */
export type DrawingHost = HostProcess<FromHost, Order> & { folder: string; file: string; key: string }

const program = {
  main: fileURLToPath(new URL('./host/main.ts', import.meta.url)),
  loader: fileURLToPath(new URL('./host/load.ts', import.meta.url)),
}

export function drawingLaunch(config: PageConfig, log: Log): Launch<FromHost, Order> {
  return openLaunch<FromHost, Order>(config, log, { program, says: FromHost, folder: 'pages' })
}

/** What is told of work, and not of the host. */
export type Told = Exclude<FromHost, { type: 'ready' }>

/** By the clock an order may take as much longer as others take of the processor. */
const clockFactor = 4

/**
 * Gives a host an order.
 * @param mostBytes resident memory beyond which it is ended
 * @throws JobFailure of what has ended it
 */
export async function ask(host: DrawingHost, order: Order, mostBytes: number): Promise<Told> {
  const { promise, resolve, reject } = Promise.withResolvers<Told>()
  host.onMessage((message) => message.type !== 'ready' && resolve(message))
  void host.ended.then(reject)
  const ms = order.limits.ms * clockFactor
  const late = setTimeout(
    () => host.kill(new JobFailure('engine_timeout', `it took more than ${ms / 1000} s`)),
    ms,
  )
  const over = { memory: new JobFailure('out_of_memory', `more than ${Math.round(mostBytes / 2 ** 20)} MiB`) }
  const held = new JobFailure('host_died', 'it fell silent: somebody has stopped it')
  const unwatch = watchTree(host.pid, mostBytes, (how) => host.kill(how === 'memory' ? over.memory : held))
  host.say(order)
  try {
    return await promise
  } finally {
    clearTimeout(late)
    unwatch()
    host.onMessage(() => {})
  }
}

/** A new host, with its file. @param fetch puts that at a place */
export async function startDrawing(
  launch: Launch<FromHost, Order>,
  key: string,
  fetch: (to: string) => Promise<unknown>,
): Promise<DrawingHost> {
  const started = await launch.start('pages')
  const host = { ...started, key, file: path.join(started.folder, 'file') }
  try {
    await fetch(host.file)
    return host
  } catch (error) {
    await endDrawing(host)
    throw error
  }
}

export async function endDrawing(host: DrawingHost): Promise<void> {
  host.kill()
  await host.ended
  await rm(host.folder, { recursive: true, force: true, maxRetries: 3 })
}
