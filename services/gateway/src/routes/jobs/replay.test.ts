import type { JobView } from '@pdf-smaller/contracts'
import { JobComparison } from '@pdf-smaller/contracts/http'
import { line, text } from '@pdf-smaller/extraction/testing/made'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { extracted, readInvoice } from '../../../testing/extracted.ts'
import {
  type ExtractionHarness,
  openExtractionHarness,
  type Who,
} from '../../../testing/extraction-harness.ts'
import { act, aPdf, complete, form, type Harness, jobIn, problemIn, start } from '../../../testing/harness.ts'

let harness: ExtractionHarness
let gateway: Harness
beforeAll(async () => {
  harness = await openExtractionHarness()
  gateway = harness.gateway
})
afterAll(() => gateway.close())

const read: ExtractionHarness['read'] = (...given) => harness.read(...given)
const send: ExtractionHarness['send'] = (...given) => harness.send(...given)
const ask: ExtractionHarness['ask'] = (...given) => harness.ask(...given)
const correct: ExtractionHarness['correct'] = (...given) => harness.correct(...given)

describe('replaying a job', () => {
  const replay = (job: JobView, body?: unknown, headers = {}, who: Who = 'acme') =>
    send(`/api/jobs/${job.id}/replay`, body, headers, who)

  it('makes a new job of the same files with another engine, linked to the first', async () => {
    const job = await ask('extract-invoice', { engine: 'llm', model: 'small', tag: 'march', pages: '1-2' })
    expect(await problemIn(await replay(job))).toMatchObject({ code: 'not_finished', status: 409 })
    await extracted(gateway, job)
    const again = await jobIn(
      await replay(job, { engine: 'rules', model: null, options: { exports: ['csv'] } }),
    )
    expect(again).toMatchObject({ replayOf: job.id, correlationId: job.id, status: 'queued', tag: 'march' })
    expect(again.options).toEqual({ engine: 'rules', pages: '1-2', exports: ['csv'] })
    expect(again.id).not.toBe(job.id)
    expect(again).not.toHaveProperty('retryOf')
    expect(again.inputs[0]).toMatchObject({ name: 'Rechnung.pdf', sha256: job.inputs[0]?.sha256 })
    expect(again.inputs[0]?.key.startsWith(`acme/${again.id}/in/`)).toBe(true)
    const listed = await (await read(`/api/jobs?replayOf=${job.id}`)).json()
    expect(listed).toMatchObject({ jobs: [{ id: again.id }] })
    const { links } = await jobIn(await read(`/api/jobs/${job.id}`), 200)
    expect(links).toMatchObject({
      replay: `/api/jobs/${job.id}/replay`,
      extraction: `/api/jobs/${job.id}/extraction`,
      corrections: `/api/jobs/${job.id}/corrections`,
    })
    expect(links.comparison).toBeUndefined()
    expect(await gateway.schedules()).toEqual([])
  })

  it('gives one job for one key, and no other body under it', async () => {
    const job = await extracted(gateway, await ask())
    const key = { 'idempotency-key': 'replay-1' }
    const body = { engine: 'rules' }
    const two = await Promise.all([replay(job, body, key), replay(job, body, key)])
    const [one, other] = await Promise.all(two.map((answer) => jobIn(answer)))
    expect(one?.id).toBe(other?.id)
    expect(await problemIn(await replay(job, { engine: 'both' }, key))).toMatchObject({
      code: 'idempotency_conflict',
    })
  })

  it('is for the owner, whoever may submit, with options that the task takes, while the files are there', async () => {
    const job = await extracted(gateway, await ask())
    expect(await problemIn(await replay(job, {}, {}, 'other'))).toMatchObject({ code: 'unknown_job' })
    expect(await problemIn(await replay(job, {}, {}, 'reader'))).toMatchObject({ code: 'forbidden' })
    for (const body of [{ engine: 'magic' }, { options: { nothing: 1 } }, { options: { pages: 'x' } }])
      expect(await problemIn(await replay(job, body))).toMatchObject({ code: 'invalid_options', status: 400 })
    expect(await problemIn(await replay(job, { nothing: 1 }))).toMatchObject({ code: 'invalid_request' })
    await act(gateway, job, { type: 'Expire', files: 1, bytes: 1, reason: 'test' })
    expect(await problemIn(await replay(job))).toMatchObject({ code: 'file_expired', status: 410 })
  })

  it('can follow a failure, and is of use to any task', async () => {
    const job = await ask('compress', { level: 'low' })
    await complete(gateway, job, { 'a.pdf': 'x' })
    const again = await jobIn(await replay(job, { options: { level: 'high' }, tag: 'harder' }))
    expect(again).toMatchObject({
      task: 'compress',
      tag: 'harder',
      options: { level: 'high' },
      replayOf: job.id,
    })
  })
})

describe('comparing jobs', () => {
  const comparisonOf = (job: JobView, query = '', who: Who = 'acme') =>
    read(`/api/jobs/${job.id}/comparison${query}`, who)

  it('tells field by field how a replay differs from the job that it replays', async () => {
    const job = await extracted(gateway, await ask())
    const again = await jobIn(await send(`/api/jobs/${job.id}/replay`, { engine: 'rules' }))
    expect(await problemIn(await comparisonOf(again))).toMatchObject({ code: 'not_finished' })
    const other = readInvoice((invoice) => {
      invoice.invoiceNumber = text('R-2')
      delete invoice.issueDate
    })
    const done = await extracted(gateway, again, [other])
    const told = JobComparison.parse(await (await comparisonOf(done)).json())
    expect(told).toMatchObject({
      left: { jobId: job.id, engine: { name: 'rules' }, reconciled: true },
      right: { jobId: again.id },
      sameInputs: true,
      changed: 1,
      onlyLeft: 1,
      onlyRight: 0,
      differences: [
        { path: 'documents[0].invoice.invoiceNumber', left: 'R-1', right: 'R-2' },
        { path: 'documents[0].invoice.issueDate', state: 'only-left' },
      ],
    })
    const backwards = JobComparison.parse(await (await comparisonOf(job, `?with=${again.id}`)).json())
    expect(backwards.differences[0]).toMatchObject({ left: 'R-2', right: 'R-1' })
    const { links } = await jobIn(await read(`/api/jobs/${again.id}`), 200)
    expect(links.comparison).toBe(`/api/jobs/${again.id}/comparison`)
  })

  it('is refused for what cannot be compared', async () => {
    const job = await extracted(gateway, await ask())
    const bank = await extracted(gateway, await ask('extract-bank-statement'))
    const small = await complete(gateway, await ask('compress'), { 'extraction.json': '{}' })
    expect(await problemIn(await comparisonOf(job))).toMatchObject({ code: 'not_comparable', status: 422 })
    const withBank = await comparisonOf(job, `?with=${bank.id}`)
    expect(await problemIn(withBank)).toMatchObject({ code: 'not_comparable' })
    const withItself = await comparisonOf(small, `?with=${small.id}`)
    expect(await problemIn(withItself)).toMatchObject({ code: 'no_extraction', status: 422 })
    expect(await problemIn(await comparisonOf(job, '', 'other'))).toMatchObject({ code: 'unknown_job' })
    const foreign = await jobIn(await send('/api/jobs/extract-invoice', form([aPdf()]), {}, 'other'))
    expect(await problemIn(await comparisonOf(job, `?with=${foreign.id}`))).toMatchObject({
      code: 'unknown_job',
    })
    const failed = await start(gateway, await ask())
    const { attempt } = failed
    await act(gateway, failed, { type: 'Cancel', by: 'me', reason: '' })
    expect(attempt).toBe(1)
    expect(await problemIn(await comparisonOf(job, `?with=${failed.id}`))).toMatchObject({
      code: 'job_cancelled',
    })
    await act(gateway, bank, { type: 'Expire', files: 1, bytes: 1, reason: 'test' })
    expect(await problemIn(await comparisonOf(bank, `?with=${bank.id}`))).toMatchObject({
      code: 'file_expired',
    })
  })

  it('of long statements goes on elsewhere', async () => {
    const rows = Array.from({ length: 2000 }, (_, index) => line('1', `${index}.00`, `${index}.00`))
    const long = readInvoice((invoice) => (invoice.lines = rows))
    const short = readInvoice((invoice) => (invoice.lines = rows.toSpliced(500, 1)))
    const [left, right] = [
      await extracted(gateway, await ask(), [long]),
      await extracted(gateway, await ask(), [short]),
    ]
    expect(right.outputs[0]?.size).toBeGreaterThan(1024 * 1024)
    const told = JobComparison.parse(await (await comparisonOf(right, `?with=${left.id}`)).json())
    expect(told).toMatchObject({ changed: 0, onlyLeft: 4, onlyRight: 0 })
    const unknown = await correct(left, { field: 'invoice.lines[2001].netAmount', value: '1' })
    expect(await problemIn(unknown)).toMatchObject({ code: 'unknown_field', status: 422 })
  })

  it('refuses files that are not what was stored, or of another form', async () => {
    const other = await extracted(gateway, await ask(), [], '{"schemaVersion":2}')
    expect(await problemIn(await read(`/api/jobs/${other.id}/extraction`))).toMatchObject({
      code: 'newer_release',
    })
    const damaged = await extracted(gateway, await ask(), [], '{"schemaVersion":1,')
    expect(await problemIn(await read(`/api/jobs/${damaged.id}/extraction`))).toMatchObject({
      code: 'object_corrupt',
    })
  })
})
