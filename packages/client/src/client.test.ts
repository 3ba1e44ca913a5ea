import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogue } from '@pdf-smaller/gateway/catalogue'
import { extracted } from '@pdf-smaller/gateway/testing/extracted'
import { freePort } from '@pdf-smaller/testing/free-ports'
import { aPdf, complete, type Harness, openHarness } from '@pdf-smaller/gateway/testing/harness'
import { createClient, isJobOf, otherTask, ProblemError, UnreachableError } from './node.ts'
import type { Client } from './node.ts'

const key = 'pdfs_a-key-for-tests'
const sha256 = createHash('sha256').update(key).digest('hex')

let gateway: Harness
let client: Client
let folder: string
beforeAll(async () => {
  gateway = await openHarness({
    env: { PDF_SMALLER_MAX_UPLOAD_MB: '1' },
    keys: [{ id: 'tests', tenant: 'acme', sha256, scopes: ['submit', 'read'] }],
  })
  client = createClient({ baseUrl: gateway.url, apiKey: key })
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-client-'))
})
afterAll(async () => {
  await gateway.close()
  await rm(folder, { recursive: true, force: true })
})

async function file(name: string, content = aPdf()): Promise<string> {
  const target = path.join(folder, name)
  await writeFile(target, content)
  return target
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

const problem = async (given: Promise<unknown>) => {
  const error = await given.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(error instanceof ProblemError)) throw new Error(`no problem: ${String(error)}`)
  return error
}

describe('an estimate', () => {
  it('tells what each level would make of a file, and makes no job', async () => {
    const scan = fileURLToPath(new URL('../../../examples/form.pdf', import.meta.url))
    const { bytes, pages, levels } = await client.estimate(scan)
    expect([bytes, pages]).toEqual([13_930, 1])
    expect(levels.medium.bytes).toBeLessThan(bytes)
    expect(await all(client.list())).toEqual([])
    const text = await file('text.pdf', 'nonsense')
    expect(await problem(client.estimate(text))).toMatchObject({ code: 'not_a_pdf' })
  })
})

describe('requesting jobs', () => {
  it('sends a file with its name, options, tag and start time', async () => {
    const startAt = new Date(Date.now() + 3_600_000)
    const job = await client.submit(otherTask('echo'), [await file('Rechnung März.pdf')], {
      options: { dpi: 72, gray: true },
      tag: 'mine',
      startAt,
    })
    expect(job).toMatchObject({
      status: 'scheduled',
      tag: 'mine',
      startAt: startAt.toISOString(),
      tenant: 'acme',
    })
    expect(job.options).toEqual({ dpi: 72, gray: true, level: 'low' })
    expect(job.inputs).toMatchObject([{ name: 'Rechnung März.pdf', size: 2000 }])
  })

  it('sends several files to one job', async () => {
    const job = await client.submit(otherTask('gather'), [
      await file('1.pdf'),
      await file('2.pdf', aPdf(3000)),
    ])
    expect(job.inputs.map(({ name, size }) => [name, size])).toEqual([
      ['1.pdf', 2000],
      ['2.pdf', 3000],
    ])
  })

  it('gives one job for one idempotency key', async () => {
    const pdf = await file('once.pdf')
    const first = await client.submit(otherTask('echo'), [pdf], { idempotencyKey: 'k1' })
    const again = await client.submit(otherTask('echo'), [pdf], { idempotencyKey: 'k1' })
    expect(again.id).toBe(first.id)
    const other = client.submit(otherTask('echo'), [pdf], { idempotencyKey: 'k1', options: { dpi: 72 } })
    expect(await problem(other)).toMatchObject({ code: 'idempotency_conflict', status: 422 })
  })

  it('uploads a file once for several jobs', async () => {
    const upload = await client.upload(await file('shared.pdf'), { name: 'a & b.pdf' })
    expect(upload).toMatchObject({ name: 'a & b.pdf', size: 2000, contentType: 'application/pdf' })
    const given = { uploads: [{ upload: upload.uploadId }, { upload: upload.uploadId, name: 'other.pdf' }] }
    const job = await client.submit(otherTask('gather'), given, { tag: 'from an upload' })
    expect(job.inputs.map(({ name }) => name)).toEqual(['a & b.pdf', 'other.pdf'])
    expect(job.tag).toBe('from an upload')
  })

  it('gives a batch of one job for each file, and lists it page by page', async () => {
    const files = [await file('b1.pdf'), await file('b2.pdf'), await file('b3.pdf')]
    const { batchId, jobs } = await client.submitBatch(otherTask('echo'), files, {
      options: { level: 'high' },
    })
    expect(jobs.map(({ inputs, options }) => [inputs[0]?.name, options['level']])).toEqual([
      ['b1.pdf', 'high'],
      ['b2.pdf', 'high'],
      ['b3.pdf', 'high'],
    ])
    const listed = await all(client.list({ batchId, pageSize: 2 }))
    expect(listed.map(({ id }) => id)).toEqual(jobs.map(({ id }) => id).reverse())
    expect(await all(client.list({ batchId, requestedBefore: new Date(0) }))).toEqual([])
    expect(await all(client.list({ batchId, status: 'failed' }))).toEqual([])
  })
})

describe('a job', () => {
  it('is told in every form', async () => {
    const { id } = await client.submit(otherTask('noop'), { uploads: [] })
    expect(await client.get(id)).toMatchObject({ id, status: 'queued' })
    expect(await client.status(id)).toMatchObject({ job_id: id, status: 'pending' })
    const [fact] = await client.history(id)
    expect(fact).toMatchObject({
      sequence: expect.any(Number),
      event: { type: 'pdfsmaller.job.requested.v1' },
    })
  })

  it('is cancelled, and run again as a new job', async () => {
    const { id } = await client.submit(otherTask('noop'), { uploads: [] })
    expect(await client.cancel(id, 'a mistake')).toMatchObject({
      status: 'cancelled',
      cancelled: { by: 'tests', reason: 'a mistake' },
    })
    expect(await problem(client.cancel(id))).toMatchObject({ code: 'already_decided', status: 409 })
    const again = await client.retry(id, { idempotencyKey: `again ${id}`.replace(' ', '-') })
    expect(again).toMatchObject({ status: 'queued', retryOf: id })
    expect(again.id).not.toBe(id)
  })
})

it('tells the tasks with their options', async () => {
  const tasks = await client.tasks()
  expect(tasks.map(({ name }) => name)).toEqual(['noop', 'echo', 'gather', 'sort'])
  expect(tasks[1]?.options.properties).toMatchObject({
    dpi: { type: 'integer', minimum: 10, maximum: 600, default: 150 },
    level: { enum: ['low', 'high'] },
    languages: { type: 'array', items: { type: 'string' } },
  })
})

describe('what goes wrong', () => {
  it('is told as the service tells it', async () => {
    const error = await problem(
      client.submit(otherTask('echo'), [await file('page.html', '<html>'.repeat(400))]),
    )
    expect(error).toMatchObject({ name: 'ProblemError', code: 'not_a_pdf', status: 415, retryable: false })
    expect(error.title).toBe('The file is not a PDF')
    expect(error.detail).toMatch(/^The file is not a PDF.+Send a file that starts with %PDF-\.$/)
    expect(error.message).toBe(error.detail)
    expect(error.traceId).toMatch(/^[0-9a-f]{32}$/)
  })

  it.each([
    ['an unknown task', () => client.submit(otherTask('nothing'), { uploads: [] }), 'unknown_task'],
    ['an unknown job', () => client.get('../tasks'), 'unknown_job'],
    [
      'a wrong option',
      () => client.submit(otherTask('noop'), { uploads: [] }, { options: { a: 1 } }),
      'invalid_options',
    ],
    ['no key', () => createClient({ baseUrl: gateway.url }).tasks(), 'unauthorized'],
    ['a wrong key', () => createClient({ baseUrl: gateway.url, apiKey: 'x' }).tasks(), 'unauthorized'],
  ])('has its code: %s', async (_, act, code) => {
    expect((await problem(act())).code).toBe(code)
  })

  it('is told although the file is still being sent', async () => {
    const large = await file('large.pdf', aPdf(5_000_000))
    expect((await problem(client.submit(otherTask('echo'), [large]))).code).toBe('too_large')
  })

  it('is a file that is not there', async () => {
    await expect(client.submit(otherTask('echo'), [path.join(folder, 'nothing.pdf')])).rejects.toThrow(
      /nothing\.pdf|ENOENT|open/,
    )
  })

  it('is nobody who answers', async () => {
    const baseUrl = `http://127.0.0.1:${await freePort()}`
    const given = createClient({ baseUrl }).tasks()
    await expect(given).rejects.toThrow(UnreachableError)
    await expect(given).rejects.toThrow(`${baseUrl} does not answer: connect ECONNREFUSED`)
  })

  it('is somebody else who answers', async () => {
    const server = createServer((request, response) => {
      response.statusCode = request.url === '/api/tasks' ? 200 : 502
      response.end('<html>')
    })
    const port = await freePort()
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    try {
      const stranger = createClient({ baseUrl: `http://127.0.0.1:${port}/` })
      expect(await problem(stranger.tasks())).toMatchObject({ code: 'unknown_answer', retryable: false })
      expect(await problem(stranger.get('x'))).toMatchObject({
        code: 'unknown_answer',
        retryable: true,
        status: 502,
      })
    } finally {
      server.close()
    }
  })

  it('is an address that is none', () => {
    expect(() => createClient({ baseUrl: 'localhost' })).toThrow(TypeError)
  })
})

describe('addresses', () => {
  it('may have a path before that of the API', async () => {
    const asked: unknown[] = []
    const client = createClient({
      baseUrl: 'http://example.test/pdf/',
      fetch: async (url) => {
        asked.push(url)
        return Response.json({ tasks: [] })
      },
    })
    await client.tasks()
    expect(asked).toEqual(['http://example.test/pdf/api/tasks'])
  })
})

describe('waiting and downloading', () => {
  it('brings the result of a job that ends meanwhile', async () => {
    const job = await client.submit(otherTask('echo'), [await file('in.pdf')])
    const waiting = client.wait(job.id)
    await complete(gateway, job, { 'small.pdf': '%PDF-small', 'notes.txt': 'notes' })
    expect(await waiting).toMatchObject({ status: 'completed', result: { pages: 1 } })

    const target = path.join(folder, 'result.pdf')
    expect(await client.download(job.id, target)).toMatchObject({ name: 'small.pdf', size: 10 })
    expect(await readFile(target, 'utf8')).toBe('%PDF-small')
    expect(await client.download(job.id, path.join(folder, 'notes'), { name: 'notes.txt' })).toMatchObject({
      size: 5,
    })
  })

  it('does not write over a file unless it is told to, and leaves nothing behind', async () => {
    const job = await client.submit(otherTask('echo'), [await file('in.pdf')])
    await complete(gateway, job, { 'small.pdf': '%PDF-small' })
    const target = await file('taken.pdf', 'mine')
    await expect(client.download(job.id, target)).rejects.toMatchObject({ code: 'EEXIST' })
    expect(await readFile(target, 'utf8')).toBe('mine')
    await client.download(job.id, target, { overwrite: true })
    expect(await readFile(target, 'utf8')).toBe('%PDF-small')
    expect((await readdir(folder)).filter((name) => name.includes('partial'))).toEqual([])
  })

  it('tells of an output that is not there', async () => {
    const job = await client.submit(otherTask('echo'), [await file('in.pdf')])
    await complete(gateway, job, { 'small.pdf': '%PDF-small' })
    const target = path.join(folder, 'none.pdf')
    expect(await problem(client.download(job.id, target, { name: 'other.pdf' }))).toMatchObject({
      code: 'unknown_file',
    })
    expect(await readdir(folder)).not.toContain('none.pdf')
  })
})

describe('what was extracted', () => {
  it('is replayed, compared, corrected and exported', async () => {
    const invoices = await gateway.replica({ catalogue })
    const own = createClient({ baseUrl: invoices.url, apiKey: key })
    const job = await own.submit('extract-invoice', [await file('bill.pdf')])
    await extracted(invoices, job)
    const found = await own.get(job.id)
    expect([isJobOf(found, 'extract-invoice'), isJobOf(found, 'compress')]).toEqual([true, false])
    expect(isJobOf(found, 'extract-invoice') && found.result?.kind).toBe('invoice')
    const again = await own.replay(job.id, { engine: 'rules', model: null, idempotencyKey: 'again' })
    expect((await own.replay(job.id, { engine: 'rules', model: null, idempotencyKey: 'again' })).id).toBe(
      again.id,
    )
    expect(await all(own.list({ replayOf: job.id }))).toMatchObject([
      { id: again.id, options: { engine: 'rules' } },
    ])
    await extracted(invoices, again)
    expect(await own.comparison(again.id)).toMatchObject({
      left: { jobId: job.id },
      changed: 0,
      differences: [],
    })
    expect(await own.comparison(job.id, { with: again.id })).toMatchObject({ left: { jobId: again.id } })
    for (const jobId of [job.id, again.id])
      await own.correct(jobId, { field: 'invoice.totals.gross', value: '50.00', note: 'smudged' })
    const unknown = own.correct(job.id, { field: 'invoice.total', value: '50.00' })
    expect(await problem(unknown)).toMatchObject({ code: 'unknown_field', status: 422 })
    const [document] = (await own.extraction(job.id)).documents
    expect(document).toMatchObject({
      invoice: { totals: { gross: { corrected: { value: { minor: '5000' } } } } },
    })
    expect(await own.corrections(job.id)).toMatchObject([{ number: 1, by: 'tests', note: 'smudged' }])
    const lines = await all(
      own.exportCorrections({ task: 'extract-invoice', from: new Date(0), pageSize: 1 }),
    )
    expect(lines.map(({ jobId }) => jobId)).toEqual([job.id, again.id])
    expect(await all(own.exportCorrections({ to: new Date(0) }))).toEqual([])
  })
})
