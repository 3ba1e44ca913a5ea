import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { directorySubject } from '../testing/directory-subject.ts'
import { smallDisk } from '@pdf-smaller/testing/small-disk'
import { all, bytes, contentOf, MiB, sha256, streamOf } from '../testing/sources.ts'
import { described } from '../testing/subject.ts'
import { openDirectoryStore } from './directory.ts'
import type { ObjectStore } from './port.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** Starts a writer and kills it once it has stored so many objects. */
async function killAWriter(folder: string, prefix: string, after: number): Promise<string[]> {
  const writer = spawn(process.execPath, [
    path.join(import.meta.dirname, '../testing/writer.ts'),
    folder,
    prefix,
  ])
  const stored: string[] = []
  const exited = once(writer, 'exit')
  for await (const key of createInterface(writer.stdout)) {
    stored.push(key)
    if (stored.length === after) writer.kill('SIGKILL')
  }
  await exited
  return stored
}

async function expectWhole(store: ObjectStore, key: string): Promise<void> {
  const { object, stream } = await store.get(key)
  const content = await contentOf(stream)
  expect({ size: content.length, sha256: sha256(content) }).toEqual({
    size: object.size,
    sha256: object.sha256,
  })
}

describe('after a writer was killed', () => {
  it('every acknowledged object is there, every visible one is whole, and nothing else is left', async () => {
    const subject = await directorySubject()
    cleanups.push(subject.close)
    const rounds = await Promise.all(
      [5, 20, 40].map((after) => killAWriter(subject.folder, `w${after}`, after)),
    )
    const store = await subject.open()
    const visible = await all(store.list(''))
    for (const { key } of visible) await expectWhole(store, key)
    const keys = new Set(visible.map(({ key }) => key))
    for (const key of rounds.flat()) expect(keys).toContain(key)
    await expect(subject.leftovers('')).resolves.toEqual([])
  })
})

describe('temporary files', () => {
  it('are swept when their process is gone, or nobody wrote to them for long', async () => {
    const subject = await directorySubject()
    cleanups.push(subject.close)
    const store = await subject.open()
    const temporary = path.join(subject.folder, 'tmp')
    const own = await subject.open()
    const stuck = Promise.withResolvers<void>()
    const put = own.put('sweep/a', [bytes(100)], { ...described, before: stuck.promise })
    await expect.poll(() => readdir(temporary)).toHaveLength(1)
    const [living = ''] = await readdir(temporary)
    const namespace = living.split('.')[0]
    // A pid that no process can have, and the same in another container.
    await writeFile(path.join(temporary, `${namespace}.99999999-dead`), 'dead')
    await writeFile(path.join(temporary, '1.99999999-elsewhere'), 'elsewhere')
    await writeFile(path.join(temporary, '1.99999999-old'), 'old!')
    const old = new Date(Date.now() - 3_600_000)
    await utimes(path.join(temporary, '1.99999999-old'), old, old)

    await expect(store.sweepTemporary?.(1_800_000)).resolves.toEqual({ files: 2, bytes: 8 })
    await expect(readdir(temporary)).resolves.toEqual(
      expect.arrayContaining([living, '1.99999999-elsewhere']),
    )
    stuck.resolve()
    await expect(put).resolves.toMatchObject({ size: 100 })
  })
})

describe('folders', () => {
  it('go with their last object, also while others store next door', async () => {
    const subject = await directorySubject()
    cleanups.push(subject.close)
    const store = await subject.open()
    const putAndRemove = async (lane: number) => {
      for (let n = 0; n < 50; n++) {
        const { key } = await store.put(`folders/busy/${lane}-${n}`, [bytes(10)], described)
        if (n % 2) await store.remove(key)
        else await store.removePrefix('folders/busy/')
      }
    }
    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(putAndRemove))
    await store.removePrefix('folders/')
    await expect(readdir(path.join(subject.folder, 'objects'))).resolves.toEqual([])
  })
})

describe('what is in the folder but was not stored', () => {
  it('is told as damage', async () => {
    const subject = await directorySubject()
    cleanups.push(subject.close)
    const store = await subject.open()
    await mkdir(path.join(subject.folder, 'objects/odd'))
    const contents = ['', 'abc', 'abcd', Buffer.alloc(2000, 0xff), `{}${'\0'.repeat(3)}\u0002`]
    for (const [index, content] of contents.entries()) {
      await writeFile(path.join(subject.folder, `objects/odd/${index}`), content)
      await expect(store.stat(`odd/${index}`)).rejects.toMatchObject({ kind: 'corrupt' })
    }
    await expect(store.removePrefix('odd/')).resolves.toMatchObject({ objects: contents.length })
  })
  it('is told when a key is a part of another', async () => {
    const subject = await directorySubject()
    cleanups.push(subject.close)
    const store = await subject.open()
    await store.put('a/b', [bytes(1)], described)
    const refused = { kind: 'invalid_key', key: 'a/b/c' }
    await expect(store.put('a/b/c', [bytes(1)], described)).rejects.toMatchObject(refused)
    await expect(store.put('a', [bytes(1)], described)).rejects.toMatchObject({ kind: 'exists' })
    await expect(store.get('a')).rejects.toMatchObject({ kind: 'missing' })
    await store.remove('a')
    await expect(store.stat('a/b')).resolves.toMatchObject({ size: 1 })
  })
})

describe('a full disk', () => {
  it('is told, leaves nothing, and stores again once there is room', async () => {
    await using disk = await smallDisk(8)
    const store = await openDirectoryStore({ folder: disk.folder })
    await store.put('full/first', [bytes(5 * MiB)], described)
    const full = { kind: 'full' }
    await expect(store.put('full/large', streamOf(bytes(20 * MiB)), described)).rejects.toMatchObject(full)
    await expect(store.put('full/short', streamOf(bytes(3 * MiB + 70_000)), described)).rejects.toMatchObject(
      full,
    )
    await expect(readdir(path.join(disk.folder, 'tmp'))).resolves.toEqual([])
    await expectWhole(store, 'full/first')
    await store.remove('full/first')
    await store.put('full/second', streamOf(bytes(5 * MiB)), described)
    await expectWhole(store, 'full/second')
    await rm(path.join(disk.folder, 'objects'), { recursive: true })
  })
})
