import { createReadStream, createWriteStream } from 'node:fs'
import { readdir, rename, stat, unlink, utimes } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { retention } from '@pdf-smaller/domain'

const dayMs = 86_400_000

export type LogFate = 'keep' | 'compress' | 'delete'

/** What is to become of a log file that nobody has written to for so long; files of other kinds are kept. */
export function fateOfLog(name: string, idleMs: number): LogFate {
  const isLog = /\.log(\.[\w-]+)*$/.test(name)
  if (!isLog || name.endsWith(unfinished)) return 'keep'
  if (idleMs > retention.logDays * dayMs) return 'delete'
  return idleMs > retention.logPlainDays * dayMs && !name.endsWith('.gz') ? 'compress' : 'keep'
}

export type SweptLogs = { compressed: number; deleted: number }

/** Compresses and deletes old log files of a folder; one that does not exist has none. */
export async function sweepLogs(folder: string, now: Date): Promise<SweptLogs> {
  const swept = { compressed: 0, deleted: 0 }
  for (const entry of await filesOf(folder)) {
    const file = path.join(folder, entry)
    const { mtime } = await stat(file)
    const fate = fateOfLog(entry, now.getTime() - mtime.getTime())
    if (fate === 'delete') {
      await unlink(file)
      swept.deleted++
    } else if (fate === 'compress') {
      await compress(file, mtime)
      swept.compressed++
    }
  }
  return swept
}

async function filesOf(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** What a crash leaves under this name is written anew the next time. */
const unfinished = '.gz.part'

async function compress(file: string, writtenAt: Date): Promise<void> {
  await pipeline(createReadStream(file), createGzip(), createWriteStream(file + unfinished))
  // Its age goes on counting from the last line.
  await utimes(file + unfinished, writtenAt, writtenAt)
  await rename(file + unfinished, `${file}.gz`)
  await unlink(file)
}
