import { mkdtemp, open, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDirectoryStore } from '../src/directory.ts'
import type { Subject } from './subject.ts'

export async function directorySubject(): Promise<Subject & { folder: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-objects-'))
  return {
    folder,
    open: (options) => openDirectoryStore({ folder, durable: false, ...options }),
    damage: async (key) => {
      const file = await open(path.join(folder, 'objects', key), 'r+')
      const first = Buffer.alloc(1)
      await file.read(first, 0, 1, 0)
      await file.write(Buffer.from([(first[0] ?? 0) ^ 0xff]), 0, 1, 0)
      await file.close()
    },
    leftovers: () => readdir(path.join(folder, 'tmp')),
    close: () => rm(folder, { recursive: true, force: true }),
  }
}
