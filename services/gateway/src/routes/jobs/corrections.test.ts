import type { JobView } from '@pdf-smaller/contracts'
import { Correction } from '@pdf-smaller/contracts/extraction'
import {
  CorrectedExtraction,
  CorrectionLine,
  CorrectionList,
  Erasure,
  Receipt,
} from '@pdf-smaller/contracts/http'
import { StoreFull, StoreUnavailable } from '@pdf-smaller/eventstore'
import { goodInvoice } from '@pdf-smaller/extraction/testing/made'
import { ObjectStoreError } from '@pdf-smaller/object-store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { extracted } from '../../../testing/extracted.ts'
import {
  as,
  type ExtractionHarness,
  openExtractionHarness,
  type Who,
} from '../../../testing/extraction-harness.ts'
import { act, complete, type Harness, jobIn, post, problemIn } from '../../../testing/harness.ts'
import { catalogue } from '../../catalogue.ts'

let harness: ExtractionHarness
let gateway: Harness
beforeAll(async () => {
  harness = await openExtractionHarness()
  gateway = harness.gateway
})
afterAll(() => gateway.close())

const read: ExtractionHarness['read'] = (...given) => harness.read(...given)
const ask: ExtractionHarness['ask'] = (...given) => harness.ask(...given)
const correct: ExtractionHarness['correct'] = (...given) => harness.correct(...given)
const corrected: ExtractionHarness['corrected'] = (...given) => harness.corrected(...given)
const extractionOf = async ({ id }: JobView) =>
  CorrectedExtraction.parse(await (await read(`/api/jobs/${id}/extraction`)).json())
const listOf = async ({ id }: JobView) =>
  CorrectionList.parse(await (await read(`/api/jobs/${id}/corrections`)).json()).corrections
const filesOf = async ({ id }: JobView, folder = '') =>
  (await gateway.keys()).filter((key) => key.includes(`${id}/${folder}`))

describe('correcting a field', () => {
  it('is an event without the values, told beside what was extracted, and changes neither that nor the outcome', async () => {
    const job = await extracted(gateway, await ask())
    const before = await filesOf(job)
    const first = await corrected(job, 'invoice.totals.gross', '50.10', { note: 'smudged' })
    expect(first).toMatchObject({
      number: 1,
      document: 0,
      field: 'invoice.totals.gross',
      old: { amount: '47.47', minor: '4747', currency: 'EUR' },
      value: { amount: '50.10', minor: '5010', currency: 'EUR' },
      note: 'smudged',
      by: 'acme',
    })
    await corrected(job, 'invoice.totals.gross', '50.11')
    await corrected(job, 'invoice.invoiceNumber', null)
    await corrected(job, 'invoice.purchaseOrder', 'PO-77')

    const view = await jobIn(await read(`/api/jobs/${job.id}`), 200)
    expect(view).toMatchObject({
      status: 'completed',
      finishedAt: job.finishedAt,
      corrections: 4,
      result: job.result,
    })
    expect(view.outputs).toEqual(job.outputs)
    const { documents, added } = await extractionOf(job)
    const [document] = documents
    const invoice = document?.kind === 'invoice' ? document.invoice : goodInvoice()
    expect(invoice.totals.gross).toMatchObject({
      value: { amount: '47.47' },
      corrected: { value: { amount: '50.11', minor: '5011', currency: 'EUR' }, by: 'acme' },
    })
    expect(invoice.invoiceNumber).toMatchObject({ value: 'R-1', corrected: { value: null } })
    expect(invoice.issueDate).not.toHaveProperty('corrected')
    expect(added).toMatchObject([{ field: 'invoice.purchaseOrder', old: null, value: 'PO-77' }])
    expect((await listOf(job)).map(({ number, field, note }) => [number, field, note])).toEqual([
      [1, 'invoice.totals.gross', 'smudged'],
      [2, 'invoice.totals.gross', undefined],
      [3, 'invoice.invoiceNumber', undefined],
      [4, 'invoice.purchaseOrder', undefined],
    ])

    const stream = `pdf.acme.ai-extraction.extract-invoice.${job.id}`
    const history = await Array.fromAsync(gateway.store.history(stream))
    const events = history.filter(({ event }) => event.type === 'pdfsmaller.job.corrected.v1')
    expect(events[0]).toMatchObject({
      subject: `pdf.acme.ai-extraction.extract-invoice.${job.id}.corrected`,
      event: { time: first.at, data: { number: 1, document: 0, field: 'invoice.totals.gross', by: 'acme' } },
    })
    expect(JSON.stringify([history, view])).not.toMatch(/50\.1|5010|5011|PO-77|smudged|47\.47/)
    // Who guesses a value must not be able to check it by the hash in the event.
    const objects = await filesOf(job, 'corrections/')
    expect(objects).toHaveLength(4)
    expect(await filesOf(job)).toEqual(expect.arrayContaining(before))
    const told = await (await read(`/api/jobs/${job.id}/history`)).text()
    expect(told).toContain('pdfsmaller.job.corrected.v1')
    const sse = await (await read(`/api/jobs/${job.id}/events`)).text()
    expect(sse.match(/^event: .+/gm)?.slice(-5)).toEqual([
      'event: pdfsmaller.job.completed.v1',
      ...Array.from({ length: 4 }, () => 'event: pdfsmaller.job.corrected.v1'),
    ])
    const rebuilt = await gateway.replica({ catalogue })
    const elsewhere = await fetch(`${rebuilt.url}/api/jobs/${job.id}`, { headers: as('acme') })
    expect(await jobIn(elsewhere, 200)).toEqual(view)
  })

  it('that is asked for by many at once is numbered, and none is lost', async () => {
    const job = await extracted(gateway, await ask())
    const replica = await gateway.replica({ catalogue })
    const urls = [gateway.url, replica.url, gateway.url, replica.url, gateway.url, replica.url]
    const answers = await Promise.all(
      urls.map((url, index) =>
        post(
          `${url}/api/jobs/${job.id}/corrections`,
          { field: 'invoice.invoiceNumber', value: `N-${index}` },
          as('acme'),
        ),
      ),
    )
    const numbers = await Promise.all(
      answers.map(async (answer) => Correction.parse(await answer.json()).number),
    )
    expect(numbers.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6])
    await gateway.projection.reached(await gateway.store.lastSequence(), 60_000)
    expect(await listOf(job)).toHaveLength(6)
    expect(await filesOf(job, 'corrections/')).toHaveLength(6)
  })

  it.each<[string, unknown, string, number]>([
    ['a field that there is not', { field: 'invoice.nothing', value: 'x' }, 'unknown_field', 422],
    ['a row far behind the last', { field: 'invoice.lines[9].netAmount', value: '1' }, 'unknown_field', 422],
    [
      'a document that there is not',
      { document: 1, field: 'invoice.invoiceNumber', value: 'x' },
      'unknown_field',
      422,
    ],
    ['a value of another kind', { field: 'invoice.issueDate', value: 'tomorrow' }, 'wrong_value', 422],
    [
      'an amount that would have to be rounded',
      { field: 'invoice.totals.gross', value: '1.005' },
      'wrong_value',
      422,
    ],
    ['no path', { field: '../x', value: 'x' }, 'invalid_request', 400],
    ['no value', { field: 'invoice.invoiceNumber' }, 'invalid_request', 400],
    ['more than it takes', { field: 'invoice.invoiceNumber', value: 'x', by: 'me' }, 'invalid_request', 400],
    ['a float', { field: 'invoice.totals.gross', value: 1.5 }, 'invalid_request', 400],
  ])('refuses %s, and leaves nothing', async (_, body, code, status) => {
    const job = await extracted(gateway, await ask())
    const problem = await problemIn(await correct(job, body))
    expect(problem).toMatchObject({ code, status })
    if (code === 'unknown_field') expect(problem.detail).toMatch(/documents\[\d\]/)
    expect(await filesOf(job, 'corrections/')).toEqual([])
    expect(await jobIn(await read(`/api/jobs/${job.id}`), 200)).not.toHaveProperty('corrections')
  })

  it('is for the owner who may submit, and for what was extracted', async () => {
    const job = await extracted(gateway, await ask())
    const body = { field: 'invoice.invoiceNumber', value: 'x' }
    expect(await problemIn(await correct(job, body, 'other'))).toMatchObject({ code: 'unknown_job' })
    expect(await problemIn(await correct(job, body, 'reader'))).toMatchObject({ code: 'forbidden' })
    expect(await problemIn(await correct(await ask(), body))).toMatchObject({ code: 'not_finished' })
    const small = await complete(gateway, await ask('compress'), { 'a.pdf': 'x' })
    expect(await problemIn(await correct(small, body))).toMatchObject({ code: 'no_extraction' })
    for (const path of ['corrections', 'extraction'])
      expect(await problemIn(await read(`/api/jobs/${job.id}/${path}`, 'other'))).toMatchObject({
        code: 'unknown_job',
      })
  })

  it('goes with the files of the job, is counted among them, and is not possible afterwards', async () => {
    const job = await extracted(gateway, await ask())
    await corrected(job, 'invoice.invoiceNumber', 'R-2')
    await corrected(job, 'invoice.issueDate', '2025-02-01')
    const bytes = await Promise.all(
      (await filesOf(job)).map(async (key) => (await gateway.objects.stat(key)).size),
    )
    expect(bytes).toHaveLength(4)
    const answer = await fetch(`${gateway.url}/api/jobs/${job.id}`, { method: 'DELETE', headers: as('acme') })
    expect(Erasure.parse(await answer.json())).toMatchObject({
      files: 4,
      bytes: bytes.reduce((sum, each) => sum + each, 0),
    })
    expect(await filesOf(job)).toEqual([])
    const receipt = Receipt.parse(await (await read(`/api/jobs/${job.id}/receipt`)).json())
    expect(receipt).toMatchObject({ corrections: 2, files: { because: 'erased by acme' } })
    const gone = { code: 'file_expired', status: 410 }
    for (const path of ['corrections', 'extraction'])
      expect(await problemIn(await read(`/api/jobs/${job.id}/${path}`))).toMatchObject(gone)
    expect(await problemIn(await correct(job, { field: 'documentType', value: 'receipt' }))).toMatchObject(
      gone,
    )
    expect(await filesOf(job)).toEqual([])
    expect((await extractedLines()).filter(({ jobId }) => jobId === job.id)).toEqual([])
  })

  it.each<[string, Error, string, number]>([
    ['refuses it', new StoreFull('full'), 'events_full', 0],
    [
      'does not answer, so that it may be there all the same',
      new StoreUnavailable('away'),
      'events_unavailable',
      1,
    ],
  ])('keeps no file when the event store %s', async (_, error, code, left) => {
    const job = await extracted(gateway, await ask())
    const store = { ...gateway.store, decide: () => Promise.reject(error) }
    const replica = await gateway.replica({ catalogue, store })
    const answer = await post(
      `${replica.url}/api/jobs/${job.id}/corrections`,
      { field: 'invoice.invoiceNumber', value: 'x' },
      as('acme'),
    )
    expect(await problemIn(answer)).toMatchObject({ code })
    expect(await filesOf(job, 'corrections/')).toHaveLength(left)
  })

  it('loses to an erasure that comes between its file and its event', async () => {
    const job = await extracted(gateway, await ask())
    const objects = {
      ...gateway.objects,
      put: async (...given: Parameters<typeof gateway.objects.put>) => {
        const stored = await gateway.objects.put(...given)
        await act(gateway, job, { type: 'Expire', files: 1, bytes: 1, reason: 'test' })
        return stored
      },
    }
    const replica = await gateway.replica({ catalogue, objects })
    const answer = await post(
      `${replica.url}/api/jobs/${job.id}/corrections`,
      { field: 'invoice.invoiceNumber', value: 'x' },
      as('acme'),
    )
    expect(await problemIn(answer)).toMatchObject({ code: 'file_expired' })
    expect(await filesOf(job, 'corrections/')).toEqual([])
  })
})

async function extractedLines(query = '', who: Who = 'acme') {
  const lines: CorrectionLine[] = []
  for (let path: string | undefined = `/api/corrections?${query}`; path;) {
    const answer = await read(path, who)
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
    const all = (await answer.text()).split('\n').filter(Boolean)
    lines.push(...all.map((line) => CorrectionLine.parse(JSON.parse(line))))
    path = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]
  }
  return lines
}

describe('the export of corrections', () => {
  it('has a line for each, page by page, with the files that they were read from', async () => {
    const jobs = [await ask(), await ask(), await ask('extract-bank-statement')]
    const since = new Date(Date.now() - 1).toISOString()
    for (const job of jobs) {
      await extracted(gateway, job)
      await corrected(job, 'invoice.invoiceNumber', `of ${job.id}`)
      await corrected(job, 'documentType', 'receipt')
    }
    const all = await extractedLines(`from=${encodeURIComponent(since)}&limit=1`)
    expect(all.map(({ jobId, field }) => [jobId, field])).toEqual(
      jobs.flatMap(({ id }) => [
        [id, 'invoice.invoiceNumber'],
        [id, 'documentType'],
      ]),
    )
    expect(all[2]).toMatchObject({
      task: 'extract-invoice',
      document: 0,
      old: 'R-1',
      value: `of ${jobs[1]?.id}`,
      by: 'acme',
      inputs: [{ name: 'Rechnung.pdf', sha256: jobs[1]?.inputs[0]?.sha256 }],
    })
    expect(await extractedLines(`task=extract-bank-statement&from=${since}`)).toHaveLength(2)
    const at = all[1]?.at ?? ''
    expect(await extractedLines(`from=${at}`)).toEqual(all.filter((line) => line.at >= at))
    expect(await extractedLines(`from=${since}&to=${at}`)).toEqual(all.filter((line) => line.at < at))
    expect(await extractedLines(`to=${since}&from=${since}`)).toEqual([])
    expect(await extractedLines('', 'other')).toEqual([])
  })

  it('leaves out what is deleted meanwhile, and breaks off when the store fails', async () => {
    const job = await extracted(gateway, await ask())
    await corrected(job, 'invoice.invoiceNumber', 'x')
    await gateway.objects.removePrefix(`acme/${job.id}/corrections/`)
    expect((await extractedLines()).map(({ jobId }) => jobId)).not.toContain(job.id)
    const away = () => Promise.reject(new ObjectStoreError('unavailable', 'x', 'away'))
    const replica = await gateway.replica({ catalogue, objects: { ...gateway.objects, get: away } })
    const answer = await fetch(`${replica.url}/api/corrections`, { headers: as('acme') })
    expect(await problemIn(answer)).toMatchObject({ code: 'storage_unavailable', status: 503 })
  })

  it.each(['limit=0', 'cursor=x', 'from=soon', 'more=1'])('refuses %s', async (query) => {
    expect(await problemIn(await read(`/api/corrections?${query}`))).toMatchObject({
      code: 'invalid_request',
    })
  })
})
