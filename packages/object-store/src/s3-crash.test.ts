import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type FaultyProxy, startFaultyProxy } from '@pdf-smaller/testing/object-servers/faulty-proxy'
import { startMinio } from '@pdf-smaller/testing/object-servers/minio'
import { freePort } from '@pdf-smaller/testing/free-ports'
import { type S3Server } from '@pdf-smaller/testing/object-servers/server'
import { type S3Subject, s3Subject } from '../testing/s3-subject.ts'
import { smallDisk } from '@pdf-smaller/testing/small-disk'
import { bytes, contentOf, MiB, sha256, streamOf } from '../testing/sources.ts'
import { described } from '../testing/subject.ts'
import { type MultipartUpload, type ObjectStore, ObjectStoreError } from './port.ts'
import { openS3Store } from './s3.ts'

const cleanups: (() => unknown)[] = []
const warn = vi.spyOn(console, 'warn')
beforeEach(() => {
  warn.mockClear()
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  // The client's own complaints are not our log.
  expect(warn).not.toHaveBeenCalled()
})

async function ownMinio(options = {}): Promise<S3Server> {
  const server = await startMinio(options)
  cleanups.push(server.stop)
  return server
}

function openStore(subject: S3Subject, options = {}): Promise<ObjectStore> {
  return subject.open(options).then((store) => {
    cleanups.push(store.close)
    return store
  })
}

it('loses nothing that it acknowledged when the server is killed, and leaves no torn object', async () => {
  const server = await ownMinio()
  const subject = await s3Subject(server)
  const store = await openStore(subject)
  const acknowledged = new Map<string, string>()
  const uploads: MultipartUpload[] = []
  const large = bytes(40 * MiB)
  const enough = Promise.withResolvers<void>()
  const small = async (lane: number) => {
    for (let n = 0; ; n++) {
      const { key, sha256 } = await store.put(`kill/${lane}/${n}`, [bytes(20_000, n)], described)
      acknowledged.set(key, sha256)
      if (acknowledged.size === 30) enough.resolve()
    }
  }
  const inParts = store.put('kill/parts', streamOf(large, 1 << 20), {
    ...described,
    onMultipart: async (upload) => {
      uploads.push(upload)
      await enough.promise
      await server.kill?.()
    },
  })
  const results = await Promise.allSettled([inParts, small(1), small(2), small(3)])
  for (const result of results) expect(result).toMatchObject({ reason: { kind: 'unavailable' } })
  await expect(store.probe()).rejects.toMatchObject({ kind: 'unavailable' })

  await server.start?.()
  for (const [key, sha256] of acknowledged) await expect(store.stat(key)).resolves.toMatchObject({ sha256 })
  await expect(store.stat('kill/parts')).rejects.toMatchObject({ kind: 'missing' })
  await store.abortUploads(uploads)
  await expect(subject.leftovers('kill/parts')).resolves.toEqual([])
  await expect(store.put('kill/parts', streamOf(large), described)).resolves.toMatchObject({
    sha256: sha256(large),
  })
})

it('says at once that a server is not there', async () => {
  const port = await freePort()
  const store = openS3Store({
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'none',
    accessKey: 'a-key',
    secretKey: 'a-secret',
  })
  cleanups.push(store.close)
  const gone = { kind: 'unavailable' }
  await expect(store.put('a/b', streamOf(bytes(10)), described)).rejects.toMatchObject(gone)
  await expect(store.get('a/b')).rejects.toMatchObject(gone)
  await expect(store.removePrefix('a/')).rejects.toMatchObject(gone)
})

describe('behind a network that fails', () => {
  let proxy: FaultyProxy
  let subject: S3Subject
  let store: ObjectStore
  beforeEach(async () => {
    const server = await ownMinio()
    subject = await s3Subject(server)
    proxy = await startFaultyProxy(server.endpoint)
    cleanups.push(proxy.close)
    store = await openStore(subject, { endpoint: proxy.endpoint })
  })
  /** Fails the first request that is meant, and no other. */
  const failOnce = (fault: 'busy' | 'answer-lost' | 'cut', method: string, part: string) => {
    let done = false
    proxy.fault = (request) => {
      if (done || request.method !== method || !request.path.includes(part)) return undefined
      done = true
      return fault
    }
    return () => done
  }

  it('is asked once what became of a lost write, as each question may take as long as the write', async () => {
    await store.put('mute/before', [bytes(10)], described)
    proxy.fault = ({ path }) => (path.includes('/mute/after') ? 'cut' : undefined)
    await expect(store.put('mute/after', [bytes(10)], described)).rejects.toMatchObject({
      kind: 'unavailable',
    })
    const asked = proxy.requests.filter((request) => request.includes('/mute/after'))
    expect(asked.map((request) => request.split(' ')[0])).toEqual(['PUT', 'HEAD'])
  })

  it.each([
    ['PUT', '/put'],
    ['HEAD', '/put'],
    ['GET', '/put'],
    ['DELETE', '/put'],
    ['GET', 'list-type=2'],
  ])('asks a busy store again: %s %s', async (method, part) => {
    const failed = failOnce('busy', method, part)
    await store.put('busy/put', [bytes(10)], described)
    await store.stat('busy/put')
    await contentOf((await store.get('busy/put')).stream)
    await store.removePrefix('busy/never/')
    await store.remove('busy/put')
    expect(failed()).toBe(true)
  })
  it.each([
    ['one PUT', 'PUT', '/f', bytes(1000)],
    ['the end of an upload in parts', 'POST', 'uploadId', bytes(9 * MiB)],
  ])('knows its own object when the answer was lost: %s', async (label, method, part, data) => {
    const failed = failOnce('answer-lost', method, part)
    const key = `lost/${label.replaceAll(' ', '-')}/f`
    await expect(store.put(key, streamOf(data), described)).resolves.toMatchObject({ sha256: sha256(data) })
    expect(failed()).toBe(true)
    await expect(store.stat(key)).resolves.toMatchObject({ sha256: sha256(data) })
  })
  it('says that the key is taken when the store ends the connection in place of refusing', async () => {
    const key = 'refused/f'
    await store.put(key, streamOf(bytes(10)), described)
    const failed = failOnce('cut', 'PUT', key)
    await expect(store.put(key, streamOf(bytes(1000)), described)).rejects.toMatchObject({ kind: 'exists' })
    expect(failed()).toBe(true)
    await expect(store.stat(key)).resolves.toMatchObject({ size: 10 })
  })
  it('says that an upload was ended when the store cuts off its parts', async () => {
    const failed = failOnce('cut', 'PUT', 'partNumber=1')
    const onMultipart = (upload: MultipartUpload) => store.abortUploads([upload])
    const put = store.put('ended/f', streamOf(bytes(9 * MiB)), { ...described, onMultipart })
    await expect(put).rejects.toMatchObject({ kind: 'missing' })
    expect(failed()).toBe(true)
  })
  it.each([
    ['before the first byte', 'PUT', '/f', bytes(1000)],
    ['in a part', 'PUT', 'partNumber=2', bytes(20 * MiB)],
    ['before the SHA-256 is added', 'PUT', '/last/f?', bytes(9 * MiB)],
  ])('leaves nothing when the connection is cut %s', async (label, method, part, data) => {
    const key = `cut/${label.replaceAll(/\W/g, '-')}/last/f`
    // The copy onto itself has no query, unlike the parts.
    const failed = part.endsWith('?')
      ? failOnceWhere(({ method, path }) => method === 'PUT' && !path.includes('partNumber'))
      : failOnce('cut', method, part)
    await expect(store.put(key, streamOf(data), described)).rejects.toMatchObject({ kind: 'unavailable' })
    expect(failed()).toBe(true)
    await expect(store.stat(key)).rejects.toMatchObject({ kind: 'missing' })
    await expect(subject.leftovers(key)).resolves.toEqual([])
    await expect(store.put(key, streamOf(data), described)).resolves.toMatchObject({ sha256: sha256(data) })
  })
  const failOnceWhere = (meant: (request: { method: string; path: string }) => boolean) => {
    let done = false
    proxy.fault = (request) => {
      if (done || !meant(request)) return undefined
      done = true
      return 'cut'
    }
    return () => done
  }
})

it('speaks TLS with an authority of its own', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-tls-'))
  cleanups.push(() => rm(folder, { recursive: true }))
  const certificate = path.join(folder, 'public.crt')
  const request = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '1',
  ]
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']
  await promisify(execFile)('openssl', [
    ...request,
    ...names,
    '-keyout',
    path.join(folder, 'private.key'),
    '-out',
    certificate,
  ])
  const server = await ownMinio({ certificates: folder })
  const open = (options = {}) => {
    const store = openS3Store({ ...server, bucket: 'tls-files', ...options })
    cleanups.push(store.close)
    return store
  }
  await expect(open().probe()).rejects.toMatchObject({ kind: 'unavailable' })
  const store = open({ ca: await readFile(certificate, 'utf8') })
  await store.probe()
  for (const data of [bytes(1000), bytes(17 * MiB)]) {
    const key = `tls/${data.length}`
    await store.put(key, streamOf(data), described)
    await store.getFile(key, path.join(folder, 'got'))
    await expect(store.putFile(`${key}-file`, path.join(folder, 'got'), described)).resolves.toMatchObject({
      sha256: sha256(data),
    })
    await rm(path.join(folder, 'got'))
  }
})

describe('a full disk behind the server', () => {
  it('is told, leaves nothing, and stores again once there is room', async () => {
    const disk = await smallDisk(160)
    cleanups.push(() => disk[Symbol.asyncDispose]())
    const subject = await s3Subject(await ownMinio({ folder: disk.folder }))
    const store = await openStore(subject)
    // In one PUT: before an upload in parts MinIO wants to see 1 GiB free, whatever its size.
    const data = bytes(5 * MiB)
    const keys: string[] = []
    const kinds: unknown[] = []
    // Once the disk has no byte left, MinIO sometimes blames the sender (IncompleteBody) before it tells the truth.
    while (kinds.at(-1) !== 'full' && kinds.length < 5) {
      const key = `full/${keys.length}/f`
      await store.put(key, streamOf(data), described).then(
        () => keys.push(key),
        (error: unknown) => kinds.push(error instanceof ObjectStoreError && error.kind),
      )
    }
    expect(kinds.at(-1)).toBe('full')
    expect(keys.length).toBeGreaterThan(10)
    const refused = `full/${keys.length}/f`
    await expect(store.put(refused, streamOf(bytes(20 * MiB)), described)).rejects.toMatchObject({
      kind: 'full',
    })
    await expect(store.stat(refused)).rejects.toMatchObject({ kind: 'missing' })
    await expect(subject.leftovers(refused)).resolves.toEqual([])
    for (const key of keys) expect(sha256(await contentOf((await store.get(key)).stream))).toBe(sha256(data))
    await store.removePrefix('full/')
    // MinIO keeps what was deleted, and what it has refused, until it finds time to remove it.
    const trash = path.join(disk.folder, '.minio.sys/tmp/.trash')
    const emptied = async () => {
      for (const name of await readdir(trash).catch(() => []))
        await rm(path.join(trash, name), { recursive: true, force: true })
    }
    const again = async () => {
      await emptied()
      return store.put('full/again', streamOf(data), described).catch((error: unknown) => error)
    }
    await expect.poll(again, { timeout: 60_000, interval: 500 }).toMatchObject({ sha256: sha256(data) })
  })
})
