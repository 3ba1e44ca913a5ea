import { fileURLToPath } from 'node:url'
import { type HostConfig, type HostProcess, type Launch, openLaunch } from '@pdf-smaller/hosts'
import type { Log } from '@pdf-smaller/platform'
import { FromHost, type ToHost } from '../host/protocol.ts'

/** A process for one attempt at a time. */
export type TaskHost = HostProcess<FromHost, ToHost>

const program = {
  main: fileURLToPath(new URL('../host/main.ts', import.meta.url)),
  loader: fileURLToPath(new URL('../host/load-tasks.ts', import.meta.url)),
}

/** Starts hosts, each told the module of its tasks. */
export function taskHostLaunch(config: HostConfig, log: Log): Launch<FromHost, ToHost> {
  return openLaunch<FromHost, ToHost>(config, log, { program, says: FromHost, folder: 'host' })
}
