import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AlreadyRuns, LockHeld, takeLock } from '@pdf-smaller/platform'

/** The data folder in the hands of this system. */
export type DataFolder = {
  /** Tells other programs of this machine where the system is reached. */
  tellRunning: (url: string) => Promise<void>
  tellStopping: () => Promise<void>
  release: () => Promise<void>
}

/**
 * Takes the folder for this system alone: two servers of the event store on one folder would spoil it.
 * @throws AlreadyRuns that tells who has it
 */
export async function lockDataFolder(folder: string): Promise<DataFolder> {
  const running = path.join(folder, 'running.json')
  try {
    const { release } = await takeLock(folder, 'system')
    // What a system that was killed has left.
    await rm(running, { force: true })
    return {
      tellRunning: (url) => writeFile(running, JSON.stringify({ url, pid: process.pid }), { mode: 0o600 }),
      tellStopping: () => rm(running, { force: true }),
      release,
    }
  } catch (error) {
    throw error instanceof LockHeld ? new AlreadyRuns(await inUse(folder, running, error)) : error
  }
}

async function inUse(folder: string, running: string, { owner }: LockHeld): Promise<string> {
  const url = /"url":"([^"]+)"/.exec(await readFile(running, 'utf8').catch(() => ''))?.[1]
  const who = owner
    ? `process ${owner.pid} on ${owner.host}, started ${owner.startedAt}`
    : 'another process, which is starting or stopping'
  return (
    `A PDF Smaller runs already in ${folder}: ${who}${url ? `, reached at ${url}` : ''}. ` +
    'Use that or stop it, or set PDF_SMALLER_DATA_DIR (and PDF_SMALLER_PORT) for a second one.'
  )
}
