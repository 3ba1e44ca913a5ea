import { statfs } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import {
  type Disk,
  type InstalledEngines,
  type Isolation,
  type Presence,
  presenceSubject,
} from '@pdf-smaller/contracts'
import type { NatsConnection } from '@nats-io/transport-node'
import { type Config, workFolder } from './config.ts'

const everyMs = 15_000

export type Announced = {
  service: string
  config: Pick<Config, 'WORKER_NAME' | 'DATA_DIR' | 'WORK_DIR'>
  /** What is known of the engines once they have been looked for; never rejects. */
  engines?: Promise<InstalledEngines>
  isolation?: Promise<Isolation>
}

/** Tells that a service runs in this process, now and again and again, until the returned function says that it has ended. */
export function announce(connection: NatsConnection, announced: Announced): () => void {
  const { service, config } = announced
  const name = config.WORKER_NAME
  const folders = config.WORK_DIR ? [config.DATA_DIR, workFolder(config)] : [config.DATA_DIR]
  const found: Pick<Presence, 'engines' | 'isolation'> = {}
  let ended = false
  const publish = (more: Pick<Presence, 'disks'>) => {
    if (connection.isClosed()) return
    const presence: Presence = { service, name, at: new Date().toISOString(), ended, host: hostname() }
    // A lost one is followed by the next.
    connection.publish(presenceSubject(service, name), JSON.stringify({ ...presence, ...found, ...more }))
  }
  const tell = async () => {
    const disks = await Promise.all(folders.map(diskOf))
    if (!ended) publish({ disks: disks.flatMap((disk) => disk ?? []) })
  }
  void tell()
  void announced.engines?.then((engines) => {
    found.engines = engines
    return tell()
  })
  void announced.isolation?.then((isolation) => {
    found.isolation = isolation
    return tell()
  })
  const timer = setInterval(() => void tell(), everyMs)
  timer.unref()
  return () => {
    clearInterval(timer)
    ended = true
    publish({})
  }
}

/** The disk of a folder, or of the nearest one above it while it is not made yet; undefined where the system does not tell. */
async function diskOf(folder: string): Promise<Disk | undefined> {
  for (let place = folder; ; place = path.dirname(place)) {
    try {
      const { bavail, blocks, bsize } = await statfs(place)
      return { folder, freeBytes: bavail * bsize, bytes: blocks * bsize }
    } catch {
      if (place === path.dirname(place)) return undefined
    }
  }
}
