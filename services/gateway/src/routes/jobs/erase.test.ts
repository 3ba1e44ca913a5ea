import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  act,
  aPdf,
  complete,
  form,
  type Harness,
  jobIn,
  openHarness,
  post,
  problemIn,
  start,
} from '../../../testing/harness.ts'
import { Erasure } from '@pdf-smaller/contracts/http'
import { Receipt } from '@pdf-smaller/contracts/http'

let gateway: Harness
beforeAll(async () => {
  gateway = await openHarness()
})
afterAll(() => gateway.close())

const echo = async (headers: Record<string, string> = {}) =>
  jobIn(await post(`${gateway.url}/api/jobs/echo`, form([aPdf(2000)]), headers))
const read = (path: string) => fetch(`${gateway.url}${path}`)
const erase = (id: string, query = '') => fetch(`${gateway.url}/api/jobs/${id}${query}`, { method: 'DELETE' })
const receipt = async (id: string) => Receipt.parse(await (await read(`/api/jobs/${id}/receipt`)).json())

describe('erasing a job', () => {
  it('deletes its files now, keeps its record, and may be repeated', async () => {
    const job = await complete(gateway, await echo(), { 'a.pdf': '12345' })
    expect(Erasure.parse(await (await erase(job.id)).json())).toMatchObject({
      jobId: job.id,
      erased: 'files',
      files: 2,
      bytes: 2005,
      by: 'anonymous',
    })
    expect((await gateway.keys()).filter((key) => key.includes(job.id))).toEqual([])
    expect(await problemIn(await read(`/api/jobs/${job.id}/result`))).toMatchObject({ status: 410 })
    expect(await jobIn(await read(`/api/jobs/${job.id}`), 200)).toMatchObject({
      status: 'completed',
      expired: { files: 2, bytes: 2005, reason: 'erased by anonymous' },
    })
    expect(Erasure.parse(await (await erase(job.id)).json())).toMatchObject({ files: 0, bytes: 0 })
  })

  it('removes the record on request, everywhere and for good', async () => {
    const replica = await gateway.replica()
    const key = { 'idempotency-key': 'once' }
    const job = await complete(gateway, await echo(key), { 'a.pdf': '12345' })
    expect((await erase(job.id, '?record=true')).status).toBe(200)
    expect(await problemIn(await read(`/api/jobs/${job.id}`))).toMatchObject({ code: 'unknown_job' })
    const elsewhere = await fetch(`${replica.url}/api/jobs/${job.id}`)
    expect(await problemIn(elsewhere)).toMatchObject({ code: 'unknown_job' })
    const events = await Array.fromAsync(gateway.store.history(`pdf.default.testing.echo.${job.id}`))
    expect(events.map(({ event }) => event.type)).toEqual(['pdfsmaller.job.erased.v1'])
    expect(gateway.projection.list('default', {}, 200).jobs.map(({ id }) => id)).not.toContain(job.id)
    const again = await post(`${gateway.url}/api/jobs/echo`, form([aPdf(2000)]), key)
    expect(await problemIn(again)).toMatchObject({ code: 'idempotency_conflict' })
    const rebuilt = await gateway.replica()
    expect((await fetch(`${rebuilt.url}/api/jobs/${job.id}`)).status).toBe(404)
  })

  it('waits for nobody: a job that is not finished has to be cancelled first', async () => {
    const job = await start(gateway, await echo())
    expect(await problemIn(await erase(job.id))).toMatchObject({ code: 'not_finished', status: 409 })
    await act(gateway, job, { type: 'Cancel', by: 'me', reason: '' })
    expect((await erase(job.id)).status).toBe(200)
    expect(await problemIn(await erase(uuidv7()))).toMatchObject({ code: 'unknown_job' })
  })
})

describe('the receipt', () => {
  it('tells what was done with which files, and until when they are kept', async () => {
    const job = await complete(gateway, await echo(), { 'a.pdf': '12345' })
    const told = await receipt(job.id)
    expect(told).toMatchObject({
      jobId: job.id,
      task: 'echo',
      status: 'completed',
      attempt: 1,
      worker: 'test',
      inputs: [{ name: 'a.pdf', size: 2000, sha256: job.inputs[0]?.sha256 }],
      outputs: [{ name: 'a.pdf', size: 5, sha256: job.outputs[0]?.sha256 }],
    })
    const finished = Date.parse(job.finishedAt ?? '')
    expect(told.files.keptUntil).toBe(new Date(finished + 7 * 86_400_000).toISOString())
    await erase(job.id)
    expect((await receipt(job.id)).files).toMatchObject({ because: 'erased by anonymous' })
    expect((await receipt(job.id)).files.keptUntil).toBeUndefined()
  })

  it('comes with the outcome', async () => {
    const answer = await read(`/api/jobs/${(await echo()).id}/receipt`)
    expect(await problemIn(answer)).toMatchObject({ code: 'not_finished' })
  })
})
