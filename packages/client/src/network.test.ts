import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { JobView, Progress } from '@pdf-smaller/contracts'
import type { JobCommand } from '@pdf-smaller/domain'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  act,
  aPdf,
  complete,
  type Harness,
  openHarness,
  progress,
  start,
  until,
} from '@pdf-smaller/gateway/testing/harness'
import { measures } from '@pdf-smaller/contracts/testing/measures'
import { openProxy, type Proxy } from '../testing/proxy.ts'
import { type Client, createClient, otherTask, ProblemError, UnreachableError } from './node.ts'

let gateway: Harness
let folder: string
beforeAll(async () => {
  gateway = await openHarness()
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-network-'))
})
afterAll(async () => {
  await gateway.close()
  await rm(folder, { recursive: true, force: true })
})

let network: Proxy
let client: Client
beforeEach(async () => {
  network = await openProxy(gateway.url)
  client = createClient({ baseUrl: network.url })
})
afterEach(() => network.close())

const completion = { type: 'Complete', attempt: 1, outputs: [], result: {}, measures } satisfies JobCommand

const noop = () => client.submit(otherTask('noop'), { uploads: [] })

/** Waits for a job and keeps what it was told. */
function watch(job: JobView, options: Parameters<Client['wait']>[1] = {}) {
  const told: string[] = []
  const seen: Progress[] = []
  const ended = client.wait(job.id, {
    onEvent: ({ type }) => told.push(type.replace(/^pdfsmaller\.job\.|\.v1$/g, '')),
    onProgress: (progress) => seen.push(progress),
    ...options,
  })
  ended.catch(() => {})
  return { told, seen, ended }
}

describe('waiting for a job', () => {
  it('tells every event once and the progress between them', async () => {
    const job = await noop()
    const { told, seen, ended } = watch(job)
    await start(gateway, job)
    await until(() => told.includes('started'))
    await progress(gateway, job, 40)
    await until(() => seen.length > 0)
    await act(gateway, job, completion)
    expect(await ended).toMatchObject({ status: 'completed' })
    expect(told).toEqual(['requested', 'started', 'completed'])
    expect(seen).toMatchObject([{ percentage: 40, stage: 'working' }])
  })

  it('goes on behind the last event when the connection breaks', async () => {
    const job = await noop()
    const { told, ended } = watch(job)
    await until(() => told.length === 1)
    network.cut()
    await start(gateway, job)
    await until(() => told.length === 2)
    network.cut()
    await act(gateway, job, completion)
    expect(await ended).toMatchObject({ status: 'completed' })
    expect(told).toEqual(['requested', 'started', 'completed'])
    expect(network.heads().filter((head) => /last-event-id: \d+/i.test(head))).not.toEqual([])
  })

  it('goes on when the connection has fallen silent', async () => {
    const job = await noop()
    const { told, ended } = watch(job, { silenceMs: 600 })
    await until(() => told.length === 1)
    network.freeze()
    await complete(gateway, job)
    expect(await ended).toMatchObject({ status: 'completed' })
    expect(told).toEqual(['requested', 'started', 'completed'])
  })

  it('goes on at another gateway when this one is stopped', async () => {
    const [one, other] = [await gateway.replica(), await gateway.replica()]
    network.lead(one.url)
    const job = await noop()
    const { told, ended } = watch(job)
    await until(() => told.length === 1)
    network.lead(other.url)
    await one.gateway.close()
    await complete(gateway, job)
    expect(await ended).toMatchObject({ status: 'completed' })
    expect(told).toEqual(['requested', 'started', 'completed'])
  })

  it('endures a service that is away for a while, but not for ever', async () => {
    const job = await noop()
    const patient = watch(job)
    const impatient = watch(job, { patienceMs: 300 })
    await until(() => patient.told.length === 1 && impatient.told.length === 1)
    network.lead(undefined)
    network.cut()
    await expect(impatient.ended).rejects.toThrow(UnreachableError)
    network.lead(gateway.url)
    await complete(gateway, job)
    expect(await patient.ended).toMatchObject({ status: 'completed' })
  })

  it('asks a gateway that lags behind until that knows the outcome too', async () => {
    const job = await noop()
    let stale = 2
    const lagging = createClient({
      baseUrl: network.url,
      fetch: (url, init) =>
        url.endsWith(job.id) && stale-- > 0 ? Promise.resolve(Response.json(job)) : fetch(url, init),
    })
    await complete(gateway, job)
    expect(await lagging.wait(job.id)).toMatchObject({ status: 'completed' })
    expect(stale).toBe(-1)
    expect(network.heads().filter((head) => head.includes('/events'))).toHaveLength(1)
  })

  it('leaves out what a newer gateway tells, and ends with the job all the same', async () => {
    const job = await noop()
    const newer = createClient({
      baseUrl: network.url,
      fetch: async (url, init) => {
        const answer = await fetch(url, init)
        const { status, headers } = answer
        if (!url.includes('/events') || status !== 200) return answer
        return new Response((await answer.text()).replaceAll(/(started|completed)\.v1/g, '$1.v2'), {
          status,
          headers,
        })
      },
    })
    const told: string[] = []
    await complete(gateway, job)
    const ended = await newer.wait(job.id, { onEvent: ({ type }) => told.push(type) })
    expect(ended.status).toBe('completed')
    expect(told).toEqual(['pdfsmaller.job.requested.v1'])
  })

  it('ends at once for a job that has ended, or is not there', async () => {
    const job = await noop()
    await client.cancel(job.id)
    expect(await client.wait(job.id)).toMatchObject({ status: 'cancelled' })
    const nobody = client.wait('0198f0a0-0000-7000-8000-000000000000')
    await expect(nobody).rejects.toMatchObject({ code: 'unknown_job' })
  })

  it.each([0, 1])('ends when it is told to, after %i events', async (events) => {
    const interruption = new AbortController()
    const { told, ended } = watch(await noop(), { signal: interruption.signal })
    await until(() => told.length >= events)
    const reason = new Error('Ctrl-C')
    interruption.abort(reason)
    await expect(ended).rejects.toBe(reason)
  })
})

describe('downloading', () => {
  const content = randomBytes(3_000_000).toString('latin1')

  async function finished(): Promise<JobView> {
    const job = await noop()
    return complete(gateway, job, { 'large.pdf': content })
  }
  const sha256Of = async (file: string) =>
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex')

  it('goes on where it broke off, and checks the whole', async () => {
    const job = await finished()
    const target = path.join(folder, 'resumed.pdf')
    network.cutAfter(1_000_000)
    const output = await client.download(job.id, target)
    expect(await sha256Of(target)).toBe(output.sha256)
    const [range] = network.heads().flatMap((head) => /range: bytes=(\d+)-/i.exec(head)?.[1] ?? [])
    expect(Number(range)).toBeGreaterThan(500_000)
  })

  it('takes up a file that comes from its beginning again', async () => {
    const job = await finished()
    const target = path.join(folder, 'again.pdf')
    const ignoresRanges = createClient({
      baseUrl: network.url,
      fetch: (url, { headers, ...init } = {}) => {
        const { range: _, ...others } = Object.fromEntries(new Headers(headers))
        return fetch(url, { ...init, headers: others })
      },
    })
    network.cutAfter(1_000_000)
    const output = await ignoresRanges.download(job.id, target)
    expect(await sha256Of(target)).toBe(output.sha256)
  })

  it('gives no file whose bytes have changed on their way', async () => {
    const job = await finished()
    const altering = createClient({
      baseUrl: network.url,
      fetch: async (url, init) => {
        const answer = await fetch(url, init)
        if (!url.includes('/files/')) return answer
        const bytes = new Uint8Array(await answer.arrayBuffer())
        bytes[7] = (bytes[7] ?? 0) ^ 1
        return new Response(bytes, answer)
      },
    })
    const target = path.join(folder, 'altered.pdf')
    const given = altering.download(job.id, target)
    await expect(given).rejects.toThrow(ProblemError)
    await expect(given).rejects.toMatchObject({ code: 'object_corrupt' })
    expect((await readdir(folder)).filter((name) => name.startsWith('altered'))).toEqual([])
  })

  it.each([
    ['the service stays away', () => ({ patienceMs: 200 }), UnreachableError],
    ['it is told to', () => ({ signal: AbortSignal.timeout(100) }), DOMException],
  ])('ends and leaves nothing behind when %s', async (_, options, error) => {
    const job = await finished()
    const away = createClient({
      baseUrl: network.url,
      fetch: (url, init) => {
        if (url.includes('/files/')) network.lead(undefined)
        return fetch(url, init)
      },
    })
    network.cutAfter(1_000_000)
    const target = path.join(folder, 'never.pdf')
    await expect(away.download(job.id, target, options())).rejects.toThrow(error)
    expect((await readdir(folder)).filter((name) => name.startsWith('never'))).toEqual([])
  })

  it('says so when there is no room for the file', async () => {
    const job = await finished()
    await writeFile(path.join(folder, 'not-a-folder'), '')
    const target = path.join(folder, 'not-a-folder', 'a.pdf')
    await expect(client.download(job.id, target)).rejects.toMatchObject({ code: 'ENOTDIR' })
  })
})

describe('a submission', () => {
  it('is sent again under its key when the answer is lost, and gives one job', async () => {
    const pdf = path.join(folder, 'in.pdf')
    await writeFile(pdf, aPdf())
    // The first bytes of the answer come through, so that the gateway has done it.
    network.cutAfter(5)
    const job = await client.submit(otherTask('echo'), [pdf], { tag: 'once' })
    expect(network.connections()).toBe(2)
    const keys = network.heads().map((head) => /idempotency-key: (\S+)/i.exec(head)?.[1])
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), keys[0]])
    const listed = []
    for await (const { id } of client.list({ tag: 'once' })) listed.push(id)
    expect(listed).toEqual([job.id])
  })

  it('endures a gateway that is away for a while, but not for ever', async () => {
    network.lead(undefined)
    const patient = client.submit(otherTask('noop'), { uploads: [] })
    await expect(client.submit(otherTask('noop'), { uploads: [] }, { patienceMs: 300 })).rejects.toThrow(
      UnreachableError,
    )
    // The patient one tries again and again; how often the other could, depends on the machine.
    await until(() => network.connections() > 2)
    network.lead(gateway.url)
    expect(await patient).toMatchObject({ task: 'noop' })
  })

  it('ends with its signal', async () => {
    network.lead(undefined)
    const reason = new Error('Ctrl-C')
    const ended = client.submit(otherTask('noop'), { uploads: [] }, { signal: AbortSignal.abort(reason) })
    await expect(ended).rejects.toBe(reason)
  })
})

it('what may have been carried out is not repeated without a key', async () => {
  network.lead(undefined)
  await expect(client.cancel('some-job')).rejects.toThrow(UnreachableError)
  expect(network.connections()).toBe(1)
})
