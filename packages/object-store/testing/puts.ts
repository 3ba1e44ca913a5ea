import { getEventListeners } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ObjectStore } from '../src/port.ts'
import { bytes, contentOf, MiB, sha256, streamOf, streamThat } from './sources.ts'
import { described, type OpenSubject, type Subject } from './subject.ts'

/** More than two parts of an upload in parts. */
const large = bytes(17 * MiB + 3)

/** Storing: what was given is there, whole and once; and whatever goes wrong, nothing is. */
export function storesObjects(openSubject: OpenSubject): void {
  let subject: Subject
  let store: ObjectStore
  let impatient: ObjectStore
  let folder: string
  beforeAll(async () => {
    subject = await openSubject()
    store = await subject.open()
    impatient = await subject.open({ stallMs: 200 })
    folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-puts-'))
  })
  afterAll(async () => {
    await store.close()
    await impatient.close()
    await subject.close()
    await rm(folder, { recursive: true, force: true })
  })
  const expectNothing = async (key: string) => {
    await expect(store.stat(key)).rejects.toMatchObject({ kind: 'missing', key })
    await expect(subject.leftovers(key)).resolves.toEqual([])
  }

  describe.each([
    ['0 bytes', bytes(0)],
    ['1 byte', bytes(1)],
    ['100,000 bytes', bytes(100_000)],
    ['exactly two parts', bytes(16 * MiB)],
    ['more than two parts', large],
  ])('%s', (label, data) => {
    const key = `put/${label.replaceAll(/\W/g, '_')}/f.pdf`
    const expected = { key, size: data.length, sha256: sha256(data), ...described }

    it('are stored from a stream of unknown length', async () => {
      await expect(store.put(key, streamOf(data), described)).resolves.toEqual(expected)
      const { object, stream } = await store.get(key)
      expect(object).toEqual(expected)
      expect((await contentOf(stream)).equals(data)).toBe(true)
      await expect(store.stat(key)).resolves.toEqual(expected)
      await expect(subject.leftovers(key)).resolves.toEqual([])
    })
    it('are not stored twice', async () => {
      await expect(store.put(key, streamOf(bytes(data.length, 2)), described)).rejects.toMatchObject({
        kind: 'exists',
        key,
      })
      await expect(store.stat(key)).resolves.toEqual(expected)
      await expect(subject.leftovers(key)).resolves.toEqual([])
    })
    it('are stored from a file', async () => {
      const file = path.join(folder, label)
      await writeFile(file, data)
      const other = `${key}.file`
      await expect(store.putFile(other, file, described)).resolves.toEqual({ ...expected, key: other })
      const { stream } = await store.get(other)
      expect((await contentOf(stream)).equals(data)).toBe(true)
      await expect(store.putFile(other, file, described)).rejects.toMatchObject({ kind: 'exists' })
    })
  })

  describe.each([
    ['small', bytes(1000)],
    ['large', large],
  ])('of a %s source', (label, data) => {
    it.each([
      ['more than announced', { size: data.length - 1 }, 'size_mismatch'],
      ['less than announced', { size: data.length + 1 }, 'size_mismatch'],
      ['more than allowed', { maxBytes: data.length - 1 }, 'too_large'],
    ])('%s is refused', async (why, limits, kind) => {
      const key = `refused/${label}/${why.replaceAll(' ', '-')}`
      const source = streamOf(data)
      await expect(store.put(key, source, { ...described, ...limits })).rejects.toMatchObject({ kind, key })
      expect(source.destroyed).toBe(true)
      await expectNothing(key)
    })
    it('as much as announced and allowed is taken', async () => {
      const limits = { size: data.length, maxBytes: data.length }
      await store.put(`taken/${label}`, streamOf(data), { ...described, ...limits })
      await expect(store.stat(`taken/${label}`)).resolves.toMatchObject({ size: data.length })
    })
    it.each<[string, (stream: Readable) => void]>([
      ['fails', (stream) => stream.destroy(new Error('disconnected'))],
      ['is destroyed without an error', (stream) => stream.destroy()],
    ])('one that %s leaves nothing', async (how, then) => {
      const key = `broken/${label}/${how.replaceAll(' ', '-')}`
      const put = store.put(key, streamThat(data, then), described)
      await expect(put).rejects.toMatchObject({ kind: 'aborted', key })
      await expectNothing(key)
    })
    it('one that stalls is given up', async () => {
      const key = `stalled/${label}`
      const source = streamThat(data, () => {})
      await expect(impatient.put(key, source, described)).rejects.toMatchObject({ kind: 'stalled', key })
      expect(source.destroyed).toBe(true)
      await expectNothing(key)
    })
    it('one that is aborted leaves nothing', async () => {
      const key = `aborted/${label}`
      const controller = new AbortController()
      const source = streamThat(data, () => controller.abort(new Error('enough')))
      const put = store.put(key, source, { ...described, signal: controller.signal })
      await expect(put).rejects.toMatchObject({ kind: 'aborted', key, cause: { message: 'enough' } })
      expect(source.destroyed).toBe(true)
      expect(getEventListeners(controller.signal, 'abort')).toEqual([])
      await expectNothing(key)
    })
    it('one that gives too much is refused before it ends', async () => {
      const key = `endless/${label}`
      const endless = () => streamThat(data, () => {})
      const announced = impatient.put(key, endless(), { ...described, size: data.length - 1 })
      await expect(announced).rejects.toMatchObject({ kind: 'size_mismatch', key })
      const allowed = impatient.put(key, endless(), { ...described, maxBytes: data.length - 1 })
      await expect(allowed).rejects.toMatchObject({ kind: 'too_large', key })
      await expectNothing(key)
    })
    it('it leaves nothing behind at the signal of its caller', async () => {
      const { signal } = new AbortController()
      await store.put(`signal/${label}`, streamOf(data), { ...described, signal })
      expect(getEventListeners(signal, 'abort')).toEqual([])
    })
    it('it is not stored when it is aborted while the caller thinks', async () => {
      const key = `thinking/${label}`
      const controller = new AbortController()
      const before = Promise.withResolvers<void>()
      const source = streamOf(data)
      // After the last byte was taken, so that nothing but the waiting is left.
      source.once('close', () =>
        setImmediate(() => {
          controller.abort()
          before.resolve()
        }),
      )
      const options = { ...described, before: before.promise, signal: controller.signal }
      await expect(store.put(key, source, options)).rejects.toMatchObject({ kind: 'aborted', key })
      await expectNothing(key)
    })
    it('it stays unseen until the caller allows it', async () => {
      const key = `before/${label}`
      const allowed = Promise.withResolvers<void>()
      const read = Promise.withResolvers<void>()
      const source = streamThat(data, (stream) => {
        stream.push(null)
        read.resolve()
      })
      const put = store.put(key, source, { ...described, before: allowed.promise })
      await read.promise
      await expect(store.stat(key)).rejects.toMatchObject({ kind: 'missing' })
      allowed.resolve()
      await put
      await expect(store.stat(key)).resolves.toMatchObject({ sha256: sha256(data) })
    })
    it('it is not stored when the caller forbids it', async () => {
      const key = `forbidden/${label}`
      const reason = new Error('the event could not be stored')
      // Fails long before it is awaited; that must not count as an unhandled rejection.
      const put = store.put(key, streamOf(data), { ...described, before: Promise.reject(reason) })
      await expect(put).rejects.toBe(reason)
      await expectNothing(key)
    })
  })

  it('ends a source that fails before it is read', async () => {
    const source = streamOf(bytes(10))
    const put = store.put('early/failure', source, described)
    source.destroy(new Error('too early'))
    await expect(put).rejects.toMatchObject({ kind: 'aborted' })
    await expectNothing('early/failure')
  })
  it('does not begin with a signal that is already aborted', async () => {
    const signal = AbortSignal.abort(new Error('late'))
    await expect(store.put('late/one', streamOf(bytes(10)), { ...described, signal })).rejects.toMatchObject({
      kind: 'aborted',
    })
    await expectNothing('late/one')
  })
  it('stores a key once, whoever races for it', async () => {
    const key = 'race/winner'
    const contents = Array.from({ length: 20 }, (_, index) => bytes(50_000, index))
    const results = await Promise.allSettled(
      contents.map((data) => store.put(key, streamOf(data), described)),
    )
    const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    expect(won).toHaveLength(1)
    for (const error of lost) expect(error).toMatchObject({ kind: 'exists', key })
    const { object, stream } = await store.get(key)
    expect(object).toEqual(won[0])
    expect(sha256(await contentOf(stream))).toBe(won[0]?.sha256)
    await expect(subject.leftovers(key)).resolves.toEqual([])
  })
  it('leaves nothing of a file that is aborted', async () => {
    const file = path.join(folder, 'to-be-aborted')
    await writeFile(file, large)
    const controller = new AbortController()
    const put = store.putFile('aborted/file', file, { ...described, signal: controller.signal })
    setImmediate(() => controller.abort(new Error('enough')))
    await expect(put).rejects.toMatchObject({ kind: 'aborted' })
    await expectNothing('aborted/file')
  })
  it('tells of a file that is not there', async () => {
    const put = store.putFile('absent/file', path.join(folder, 'absent'), described)
    await expect(put).rejects.toMatchObject({ kind: 'aborted', cause: { code: 'ENOENT' } })
    await expectNothing('absent/file')
  })
}
