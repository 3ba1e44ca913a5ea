import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ObjectStore } from '../src/port.ts'
import { all, bytes, contentOf, MiB, sha256, streamOf } from './sources.ts'
import { described, type OpenSubject, type Subject } from './subject.ts'

/** Reading: the right bytes or an error, and no reader holds a connection or a file for good. */
export function readsObjects(openSubject: OpenSubject): void {
  const data = bytes(9 * MiB + 1)
  const key = 'reads/a/f.pdf'
  let subject: Subject
  let store: ObjectStore
  let folder: string
  beforeAll(async () => {
    subject = await openSubject()
    store = await subject.open()
    folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-reads-'))
    await store.put(key, streamOf(data), described)
    await store.put('reads/empty', [], described)
  })
  afterAll(async () => {
    await store.close()
    await subject.close()
    await rm(folder, { recursive: true, force: true })
  })

  it.each([
    ['the first byte', { start: 0, end: 0 }, [0, 1]],
    ['a middle', { start: 1000, end: 5_000_000 }, [1000, 5_000_001]],
    ['the last byte', { start: data.length - 1, end: data.length - 1 }, [data.length - 1]],
    ['more than there is', { start: data.length - 10, end: data.length + 1000 }, [data.length - 10]],
  ])('gives %s', async (_, range, slice) => {
    const { object, stream } = await store.get(key, { range })
    expect(object).toMatchObject({ size: data.length, sha256: sha256(data), ...described })
    expect((await contentOf(stream)).equals(data.subarray(...slice))).toBe(true)
  })
  it.each([
    ['behind the end', key, { start: data.length, end: data.length + 1 }],
    ['of an empty object', 'reads/empty', { start: 0, end: 0 }],
  ])('refuses a range %s', async (_, key, range) => {
    await expect(store.get(key, { range })).rejects.toMatchObject({ kind: 'invalid_range', key })
  })
  it('tells what is missing', async () => {
    const missing = { kind: 'missing', key: 'reads/none' }
    await expect(store.get('reads/none')).rejects.toMatchObject(missing)
    await expect(store.stat('reads/none')).rejects.toMatchObject(missing)
    await expect(store.getFile('reads/none', path.join(folder, 'none'))).rejects.toMatchObject(missing)
    await expect(store.copy('reads/none', 'reads/copy-of-none')).rejects.toMatchObject(missing)
  })
  it('brings an object into a new file', async () => {
    const file = path.join(folder, 'whole')
    await expect(store.getFile(key, file)).resolves.toMatchObject({ key, sha256: sha256(data) })
    expect((await readFile(file)).equals(data)).toBe(true)
  })
  it('leaves a file alone that is already there', async () => {
    const file = path.join(folder, 'taken')
    await writeFile(file, 'mine')
    await expect(store.getFile(key, file)).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(readFile(file, 'utf8')).resolves.toBe('mine')
  })
  it('finds out about damage, and leaves no damaged file', async () => {
    await store.put('reads/damaged', [bytes(100_000)], described)
    await subject.damage('reads/damaged')
    const before = await readdir(folder)
    const get = store.getFile('reads/damaged', path.join(folder, 'damaged'))
    await expect(get).rejects.toMatchObject({ kind: 'corrupt', key: 'reads/damaged' })
    await expect(readdir(folder)).resolves.toEqual(before)
  })
  it('ends with the signal', async () => {
    const controller = new AbortController()
    const { stream } = await store.get(key, { signal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(contentOf(stream)).rejects.toMatchObject({ kind: 'aborted', cause: { message: 'enough' } })
    const file = path.join(folder, 'aborted')
    const late = store.getFile(key, file, { signal: AbortSignal.abort() })
    await expect(late).rejects.toMatchObject({ kind: 'aborted' })
    await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' })
  })
  it('gives up a reader that stops', async () => {
    const impatient = await subject.open({ stallMs: 200 })
    const { stream } = await impatient.get(key)
    const [first] = await stream
      .take(1)
      .toArray()
      .catch(() => [])
    const { stream: idle } = await impatient.get(key)
    const failed = await new Promise((resolve) => idle.once('error', resolve))
    expect(first).toBeDefined()
    expect(failed).toMatchObject({ kind: 'stalled', key })
    expect(idle.destroyed).toBe(true)
    await impatient.close()
  })
  it('lets a slow reader read on', async () => {
    const impatient = await subject.open({ stallMs: 400 })
    const { stream } = await impatient.get(key)
    const begun = Date.now()
    let size = 0
    for await (const chunk of stream) {
      size += chunk.length
      if (Date.now() - begun < 1000) await new Promise((resolve) => setTimeout(resolve, 30))
    }
    expect(size).toBe(data.length)
    await impatient.close()
  })
  it('can be probed', async () => {
    await expect(store.probe()).resolves.toBeUndefined()
    expect(await all(store.list('probe/'))).toEqual([])
  })
}
