import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ObjectStore } from '../src/port.ts'
import { all, bytes, contentOf, sha256 } from './sources.ts'
import { described, type OpenSubject, type Subject } from './subject.ts'

/** Keys: what is under which, and what is none. */
export function knowsKeys(openSubject: OpenSubject): void {
  let subject: Subject
  let store: ObjectStore
  beforeAll(async () => {
    subject = await openSubject()
    store = await subject.open()
  })
  afterAll(async () => {
    await store.close()
    await subject.close()
  })
  const putAll = (keys: string[]) =>
    Promise.all(keys.map((key) => store.put(key, [Buffer.from(key)], described)))
  const keysUnder = async (prefix: string) => (await all(store.list(prefix))).map(({ key }) => key).sort()

  it('lists 2,500 objects, and removes them with their prefix alone', async () => {
    const keys = Array.from({ length: 2500 }, (_, index) => `many/job-${index % 50}/out/${index}/f.pdf`)
    const queue = [...keys]
    const worker = async () => {
      for (let key = queue.pop(); key; key = queue.pop()) await store.put(key, [Buffer.from('x')], described)
    }
    await Promise.all(Array.from({ length: 24 }, worker))
    await expect(keysUnder('many/')).resolves.toEqual([...keys].sort())
    await expect(store.removePrefix('many/job-7/')).resolves.toEqual({ objects: 50, bytes: 50 })
    const rest = keys.filter((key) => !key.startsWith('many/job-7/')).sort()
    await expect(keysUnder('many/')).resolves.toEqual(rest)
    await expect(store.removePrefix('many/')).resolves.toEqual({ objects: 2450, bytes: 2450 })
    await expect(keysUnder('many/')).resolves.toEqual([])
  })
  it('tells the size of each, and when it was stored', async () => {
    const before = Date.now() - 1500
    await store.put('sizes/a', [bytes(12_345)], described)
    const [only] = await all(store.list('sizes/'))
    expect(only).toMatchObject({ key: 'sizes/a', size: 12_345 })
    expect(only?.storedAt.getTime()).toBeGreaterThan(before)
    expect(only?.storedAt.getTime()).toBeLessThan(Date.now() + 1500)
  })
  it('takes a prefix for whole segments', async () => {
    await putAll(['near/job/a', 'near/job-2/a', 'near/job2/a'])
    await expect(store.removePrefix('near/job/')).resolves.toMatchObject({ objects: 1 })
    await expect(keysUnder('near/')).resolves.toEqual(['near/job-2/a', 'near/job2/a'])
    await expect(store.removePrefix('near/nothing/')).resolves.toEqual({ objects: 0, bytes: 0 })
    await expect(keysUnder('near/nothing/')).resolves.toEqual([])
  })
  it('can use a key and a prefix again once they were deleted', async () => {
    for (const _ of [1, 2]) {
      await putAll(['again/a/f', 'again/b/f'])
      await store.remove('again/a/f')
      await store.removePrefix('again/b/')
      await expect(keysUnder('again/')).resolves.toEqual([])
    }
  })
  it('removes what is there, and does not mind when nothing is', async () => {
    await putAll(['removed/a', 'removed/b'])
    await store.remove('removed/a')
    await store.remove('removed/a')
    await store.remove('removed/never/was')
    await expect(keysUnder('removed/')).resolves.toEqual(['removed/b'])
  })
  it('stores while others delete next door', async () => {
    const rounds = Array.from({ length: 40 }, (_, index) => `busy/${index % 4}/f-${index}`)
    await Promise.all(
      rounds.map(async (key) => {
        await store.put(key, [Buffer.from(key)], described)
        await store.remove(key)
      }),
    )
    await expect(keysUnder('busy/')).resolves.toEqual([])
  })
  it('copies under another key, once', async () => {
    const data = bytes(200_000)
    const stored = await store.put('copies/from/f', [data], described)
    await expect(store.copy('copies/from/f', 'copies/to/f')).resolves.toEqual({
      ...stored,
      key: 'copies/to/f',
    })
    await putAll(['copies/other/f'])
    await expect(store.copy('copies/other/f', 'copies/to/f')).rejects.toMatchObject({
      kind: 'exists',
      key: 'copies/to/f',
    })
    await store.remove('copies/from/f')
    const { object, stream } = await store.get('copies/to/f')
    expect(object).toEqual({ ...stored, key: 'copies/to/f' })
    expect(sha256(await contentOf(stream))).toBe(stored.sha256)
  })
  it('deletes damaged objects with their prefix', async () => {
    await putAll(['damaged/a', 'damaged/b'])
    await subject.damage('damaged/a')
    await expect(store.removePrefix('damaged/')).resolves.toMatchObject({ objects: 2 })
    await expect(keysUnder('damaged/')).resolves.toEqual([])
  })

  const long = 'x'.repeat(255)
  it('takes segments of 255 and keys of 1,024 characters', async () => {
    const key = [long, long, long, 'y'.repeat(256 - 1)].join('/') + '/z'.repeat(0)
    expect(key).toHaveLength(1023)
    await store.put(key, [Buffer.from('x')], described)
    await expect(store.stat(key)).resolves.toMatchObject({ key, size: 1 })
    await store.remove(key)
  })
  describe.each([
    '',
    '/',
    'a/',
    '/a',
    'a//b',
    '.',
    '..',
    'a/../b',
    'a/./b',
    'a/.b',
    'ä',
    'a b',
    'a\\b',
    'a\0b',
    'a\n',
    `${long}x`,
    `${long}/${long}/${long}/${long}/x`,
  ])('the key %j', (key) => {
    const refused = { kind: 'invalid_key' }
    it('is refused everywhere', async () => {
      await expect(store.put(key, [Buffer.from('x')], described)).rejects.toMatchObject(refused)
      await expect(store.putFile(key, import.meta.filename, described)).rejects.toMatchObject(refused)
      await expect(store.get(key)).rejects.toMatchObject(refused)
      await expect(store.getFile(key, '/nowhere')).rejects.toMatchObject(refused)
      await expect(store.stat(key)).rejects.toMatchObject(refused)
      await expect(store.remove(key)).rejects.toMatchObject(refused)
      await expect(store.copy(key, 'valid/key')).rejects.toMatchObject(refused)
      await expect(store.copy('valid/key', key)).rejects.toMatchObject(refused)
    })
  })
  it.each(['a', '/', '../', 'a//', './'])('the prefix %j is refused', async (prefix) => {
    await expect(store.removePrefix(prefix)).rejects.toMatchObject({ kind: 'invalid_key' })
    await expect(async () => all(store.list(prefix))).rejects.toMatchObject({
      kind: 'invalid_key',
    })
  })
  it('does not delete the whole store at once', async () => {
    await putAll(['kept/a'])
    await expect(store.removePrefix('')).rejects.toMatchObject({ kind: 'invalid_key' })
    await expect(keysUnder('')).resolves.toContain('kept/a')
  })
}
