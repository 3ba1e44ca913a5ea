import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Isolation } from '@pdf-smaller/contracts'
import { memoryOfTree } from '@pdf-smaller/hosts/process-tree'
import type { Log } from '@pdf-smaller/platform'
import type { WorkerConfig } from '../settings.ts'
import { type TaskHost, taskHostLaunch } from './task-host.ts'

/** A process for the attempts at jobs, one at a time, and its folder, which is empty between them. */
export type Host = TaskHost & {
  folder: string
  /** Whose jobs it works on. */
  tenant: string
  /** The tasks that it has loaded. */
  module: string
  attempts: number
}

/** The processes that work on jobs, of all domains of this process together. */
export type TaskHosts = {
  /** Lends a host that has done such work before, or a new one. */
  lend: (tenant: string, module: string) => Promise<Host>
  /** @param sound whether it is as it was: whatever else an attempt ended in ends its host, too */
  giveBack: (host: Host, sound: boolean) => Promise<void>
  isolation: () => Promise<Isolation>
  stop: () => Promise<void>
}

/** What a process holds that it does not give back, an attempt may have left: it is ended after so many of them. */
const mostAttempts = 100
const mostIdleBytes = 512 * 2 ** 20
const idleMs = 60_000
/** More than work at once in most systems; those that have waited for longest are ended. */
const mostIdle = 8

export function openTaskHosts(config: WorkerConfig, log: Log): TaskHosts {
  const launch = taskHostLaunch(config, log)
  const idle = new Map<Host, NodeJS.Timeout>()
  const all = new Set<Host>()

  const start = async (tenant: string, module: string): Promise<Host> => {
    const host: Host = { ...(await launch.start(module)), tenant, module, attempts: 0 }
    all.add(host)
    void host.ended.then(() => forget(host))
    return host
  }
  const forget = (host: Host) => {
    clearTimeout(idle.get(host))
    idle.delete(host)
    all.delete(host)
  }
  return {
    lend: async (tenant, module) => {
      const { sandbox } = await launch.isolation()
      const fit = [...idle.keys()].filter((host) => mayServe(host, tenant, sandbox))
      const found = fit.findLast((host) => host.module === module) ?? fit.at(-1)
      if (!found) return start(tenant, module)
      clearTimeout(idle.get(found))
      idle.delete(found)
      return Object.assign(found, { tenant, module })
    },
    giveBack: async (host, sound) => {
      host.attempts++
      host.onMessage(() => {})
      if (!sound || !(await mayGoOn(host))) return end(host)
      const timer = setTimeout(() => void end(host), idleMs).unref()
      idle.set(host, timer)
      const [longest] = idle.keys()
      if (longest && idle.size > mostIdle) await end(longest)
    },
    isolation: launch.isolation,
    stop: async () => {
      await Promise.all([...all].map(end))
    },
  }
}

/** Where nothing shuts a host in, it serves one tenant. */
function mayServe(host: Host, tenant: string, sandbox: Isolation['sandbox']): boolean {
  return host.isAlive() && (sandbox !== 'none' || host.tenant === tenant)
}

async function end(host: Host): Promise<void> {
  host.kill()
  await host.ended
  await rm(host.folder, removal)
}

/** Empties the folder of a host that is good for another attempt. */
async function mayGoOn(host: Host): Promise<boolean> {
  if (!host.isAlive() || host.attempts >= mostAttempts) return false
  return memoryOfTree(host.pid) <= mostIdleBytes && isEmptied(host.folder)
}

/** @returns whether nothing is left */
async function isEmptied(folder: string): Promise<boolean> {
  try {
    for (const name of await readdir(folder)) await rm(path.join(folder, name), removal)
    return true
  } catch {
    return false
  }
}

const removal = { recursive: true, force: true, maxRetries: 3 }
