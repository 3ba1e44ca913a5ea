import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Isolation } from '@pdf-smaller/contracts'
import { type Log, workFolder } from '@pdf-smaller/platform'
import type { z } from 'zod'
import { compileCommand, hostCommand, type Program } from './command-line.ts'
import { hasDieWithParent } from './die-with-parent.ts'
import { type HostProcess, type Said, startHost } from './host-process.ts'
import { openSandbox, type Sandbox, type SandboxConfig } from './sandbox.ts'

export type HostConfig = SandboxConfig

/** What hosts of a kind run, and what is told by them. */
export type HostKind<In extends Said> = {
  program: Program
  /** What a host says; `ready` is one of it. */
  says: z.ZodType<In>
  /** What their folders are named by, in the work folder. */
  folder: string
}

/** Starts hosts in whatever this system has to hold them. */
export type Launch<In extends Said, Out> = {
  /** A host that can take an order, with an empty folder of its own. @param loads what it will be told to load */
  start: (loads: string) => Promise<HostProcess<In, Out> & { folder: string }>
  /** Looked for once, when it is first needed. */
  isolation: () => Promise<Isolation>
}

export function openLaunch<In extends Said, Out>(
  config: HostConfig,
  log: Log,
  { program, says, folder: named }: HostKind<In>,
): Launch<In, Out> {
  let sandbox: Promise<Sandbox> | undefined
  let started = 0
  const look = async () => {
    const found = await openSandbox(config, program.main)
    const { sandbox: kind, why } = found.isolation
    if (why === undefined) log.info({ sandbox: kind }, 'files are worked on in a sandbox')
    else
      log.warn(
        { sandbox: kind, why },
        'files are worked on without a sandbox, in processes with limits alone',
      )
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
    start: async (loads) => {
      const [{ wrapper }, ends] = await Promise.all([shutIn(), hasDieWithParent()])
      const folder = path.join(workFolder(config), `${named}-${++started}.${process.pid}`)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const host = startHost<In, Out>(hostCommand(program.main, folder, wrapper, ends), folder, says)
      log.debug({ host: host.pid }, 'a host was started')
      await host.ready
      if (wrapper && !compiled.has(loads)) {
        compiled.add(loads)
        compile(program.loader, loads)
      }
      return { ...host, folder }
    },
    isolation: async () => (await shutIn()).isolation,
  }
}

function compile(loader: string, loads: string): void {
  const command = compileCommand(loader, loads)
  if (!command) return
  const { file, args, env } = command
  // Without it the next start takes longer, and that is all.
  spawn(file, args, { env, stdio: 'ignore' })
    .once('error', () => {})
    .unref()
}
