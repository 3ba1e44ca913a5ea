import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import type { JobView } from '@pdf-smaller/contracts'
import { aPdf, complete, type Harness, openHarness } from '@pdf-smaller/gateway/testing/harness'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Client, createClient, otherTask, ProblemError, type Source } from './index.ts'
import * as node from './node.ts'

const content = Buffer.from(aPdf(5000))
const sha256 = createHash('sha256').update(content).digest('hex')

let gateway: Harness
let folder: string
beforeAll(async () => {
  gateway = await openHarness()
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-sources-'))
  vi.stubEnv('TMPDIR', folder)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await gateway.close()
  await rm(folder, { recursive: true, force: true })
})

async function* inPieces(): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < content.length; from += 1000) yield content.subarray(from, from + 1000)
}
const sources: [string, () => Source, string][] = [
  ['a file of a page', () => new File([content], 'Rechnung März.pdf'), 'Rechnung März.pdf'],
  ['bytes in memory', () => new Blob([content]), 'file.pdf'],
  ['a stream', () => ReadableStream.from(inPieces()), 'file.pdf'],
  ['a stream of Node with a name', () => ({ content: Readable.from(inPieces()), name: 'n.pdf' }), 'n.pdf'],
  ['pieces', inPieces, 'file.pdf'],
]
const platforms: [string, () => Client][] = [
  ['everywhere', () => createClient({ baseUrl: gateway.url })],
  ['in Node', () => node.createClient({ baseUrl: gateway.url })],
]

describe.each(platforms)('%s', (_, open) => {
  it.each(sources)('%s is sent', async (_, source, name) => {
    const client = open()
    expect((await client.submit(otherTask('echo'), [source()])).inputs).toMatchObject([
      { name, size: 5000, sha256 },
    ])
    expect(await client.upload(source())).toMatchObject({ name, size: 5000, sha256 })
    // What a stream was written to is gone.
    expect(await readdir(folder)).toEqual([])
  })

  it('an output is read, kept in memory and written to a stream', async () => {
    const client = open()
    const job = await finished(client)
    const written: Uint8Array[] = []
    const to = new WritableStream<Uint8Array>({ write: (chunk) => void written.push(chunk) })
    expect(await client.download(job.id, to)).toMatchObject({ name: 'a.txt', size: 11 })
    expect(Buffer.concat(written).toString()).toBe('hello world')
    const file = await client.blob(job.id, { name: 'a.txt' })
    expect([file.name, await file.text()]).toEqual(['a.txt', 'hello world'])
    let read = ''
    for await (const chunk of client.read(job.id)) read += new TextDecoder().decode(chunk)
    expect(read).toBe('hello world')
  })

  it('a stream is aborted when the bytes are not those that were made', async () => {
    const job = await finished(open())
    const client = createClient({
      baseUrl: gateway.url,
      fetch: async (url, init) => {
        const answer = await fetch(url, init)
        return url.includes('/files/') ? new Response('hello World', answer) : answer
      },
    })
    const ends: string[] = []
    const to = new WritableStream<Uint8Array>({
      close: () => void ends.push('closed'),
      abort: () => void ends.push('aborted'),
    })
    await expect(client.download(job.id, to)).rejects.toMatchObject({ code: 'object_corrupt' })
    await expect(client.blob(job.id)).rejects.toThrow(ProblemError)
    expect(ends).toEqual(['aborted'])
  })
})

it('a file whose stream breaks is not sent, and nothing is left of it', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield content.subarray(0, 100)
    throw new Error('the disk is gone')
  }
  const client = node.createClient({ baseUrl: gateway.url })
  await expect(client.submit(otherTask('echo'), [broken()], { tag: 'broken' })).rejects.toThrow(
    'the disk is gone',
  )
  expect(await readdir(folder)).toEqual([])
  for await (const job of client.list({ tag: 'broken' })) expect.fail(job.id)
})

it('what is deleted, accounted for and run again', async () => {
  const client = createClient({ baseUrl: gateway.url })
  const job = await finished(client)
  expect(await client.receipt(job.id)).toMatchObject({ jobId: job.id, outputs: [{ name: 'a.txt' }] })
  expect(await client.redrive({ task: 'noop' })).toMatchObject({ dryRun: true, retried: 0 })
  expect(await client.delete(job.id)).toMatchObject({ erased: 'files', files: 1 })
  expect(await client.delete(job.id, { record: true })).toMatchObject({ erased: 'files and record' })
  await expect(client.get(job.id)).rejects.toMatchObject({ code: 'unknown_job' })
})

async function finished(client: Pick<Client, 'submit'>): Promise<JobView> {
  const job = await client.submit(otherTask('noop'), { uploads: [] }, { fresh: true })
  return complete(gateway, job, { 'a.txt': 'hello world' })
}

it.each(platforms)('a stream without an end is left when that is asked for, %s', async (_, open) => {
  const leaving = new AbortController()
  const reason = new Error('Ctrl-C')
  const endless = new ReadableStream<Uint8Array>({
    pull: (stream) => {
      if (stream.desiredSize === 1) stream.enqueue(content)
      setTimeout(() => leaving.abort(reason), 10)
      return new Promise(() => {})
    },
  })
  await expect(open().submit(otherTask('echo'), [endless], { signal: leaving.signal })).rejects.toBe(reason)
  expect(await readdir(folder)).toEqual([])
})

it('a pipe is sent as a file is; what cannot be read is told as the file system tells it', async () => {
  const client = node.createClient({ baseUrl: gateway.url })
  const pipe = path.join(folder, 'pipe')
  await promisify(execFile)('mkfifo', [pipe])
  const sent = client.upload(pipe)
  await writeFile(pipe, content)
  expect(await sent).toMatchObject({ name: 'pipe', size: 5000, sha256 })
  await rm(pipe)
  await expect(client.upload(path.join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(client.upload(folder)).rejects.toMatchObject({ code: 'EISDIR' })
  expect(await readdir(folder)).toEqual([])
})
