import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

/** Who holds a lock. */
const Owner = z.object({ pid: z.int(), startedAt: z.iso.datetime(), host: z.string() })
export type Owner = z.infer<typeof Owner>

export type Lock = { release: () => Promise<void> }

/** Somebody else holds the lock; who is not known where it was taken in this very moment. */
export class LockHeld extends Error {
  override readonly name = 'LockHeld'
  readonly owner: Owner | undefined
  constructor(owner: Owner | undefined) {
    super(`held by ${owner ? `process ${owner.pid} of ${owner.host}` : 'another process'}`)
    this.owner = owner
  }
}

/**
 * Takes a lock of a folder, which this process holds until it releases it or ends, however it ends. The lock itself is
 * that of SQLite on a file, which the system keeps and takes back; who holds it stands beside in words.
 * @param name tells locks of one folder apart
 * @throws LockHeld
 */
export async function takeLock(folder: string, name: string): Promise<Lock> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const told = path.join(folder, `${name}.owner.json`)
  const database = new DatabaseSync(path.join(folder, `${name}.lock`))
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    throw isBusy(error) ? new LockHeld(await ownerIn(told)) : error
  }
  const startedAt = new Date(performance.timeOrigin).toISOString()
  const owner: Owner = { pid: process.pid, startedAt, host: hostname() }
  await writeFile(told, JSON.stringify(owner), { mode: 0o600 })
  return {
    release: async () => {
      await rm(told, { force: true })
      database.close()
    },
  }
}

/** SQLITE_BUSY: https://www.sqlite.org/rescode.html#busy */
const busy = 5

const isBusy = (error: unknown) => error instanceof Error && 'errcode' in error && error.errcode === busy

async function ownerIn(file: string): Promise<Owner | undefined> {
  try {
    return Owner.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}
