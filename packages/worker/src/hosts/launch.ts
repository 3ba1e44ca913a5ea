import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Isolation } from '@pdf-smaller/contracts'
import { type Log, workFolder } from '@pdf-smaller/platform'
import type { WorkerConfig } from '../settings.ts'
import { compileCommand, hostCommand } from './command-line.ts'
import { type HostProcess, startHost } from './host-process.ts'
import { openSandbox, type Sandbox } from './sandbox.ts'

/** Starts hosts in whatever this system has to hold them. */
export type Launch = {
  /** A host that can take an order, with an empty folder of its own. @param module whose tasks it will be given */
  start: (module: string) => Promise<HostProcess & { folder: string }>
  /** Looked for once, when it is first needed. */
  isolation: () => Promise<Isolation>
}

export function openLaunch(config: WorkerConfig, log: Log): Launch {
  let sandbox: Promise<Sandbox> | undefined
  let started = 0
  const look = async () => {
    const found = await openSandbox(config)
    const { sandbox: kind, why } = found.isolation
    if (why === undefined) log.info({ sandbox: kind }, 'jobs are worked on in a sandbox')
    else
      log.warn({ sandbox: kind, why }, 'jobs are worked on without a sandbox, in processes with limits alone')
    return found
  }
  const compiled = new Set<string>()
  const shutIn = () =>
    (sandbox ??= look().catch((error: unknown) => {
      // It could not be told this time, for one because the disk is full: whoever needs it next looks again.
      sandbox = undefined
      throw error
    }))
  return {
    start: async (module) => {
      const { systemWrappers } = await import('@pdf-smaller/engines/run')
      const [{ wrapper }, { dieWithWorker }] = await Promise.all([shutIn(), systemWrappers()])
      const folder = path.join(workFolder(config), `host-${++started}.${process.pid}`)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const host = startHost(hostCommand(folder, wrapper, dieWithWorker), folder)
      log.debug({ host: host.pid }, 'a task host was started')
      await host.ready
      if (wrapper && !compiled.has(module)) {
        compiled.add(module)
        compile(module)
      }
      return { ...host, folder }
    },
    isolation: async () => (await shutIn()).isolation,
  }
}

function compile(module: string): void {
  const command = compileCommand(module)
  if (!command) return
  const { file, args, env } = command
  // Without it the next start takes longer, and that is all.
  spawn(file, args, { env, stdio: 'ignore' })
    .once('error', () => {})
    .unref()
}
