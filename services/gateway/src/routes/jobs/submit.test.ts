import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  aPdf,
  complete,
  form,
  type Harness,
  jobIn,
  openHarness,
  post,
  problemIn,
  until,
} from '../../../testing/harness.ts'
import { hurried } from '../../../testing/schedules.ts'

let gateway: Harness
beforeAll(async () => {
  gateway = await openHarness({ env: { PDF_SMALLER_MAX_UPLOAD_MB: '0.1', PDF_SMALLER_MAX_FILES: '3' } })
})
afterAll(() => gateway.close())

const submit = (task: string, body?: unknown, headers?: Record<string, string>) =>
  post(`${gateway.url}/api/jobs/${task}`, body, headers)

describe('requesting a job', () => {
  it('takes a file, stores it under the job and answers with the job', async () => {
    const answer = await submit('echo', form([['Rechnung März.pdf', aPdf()]], { tag: 'mine' }))
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const job = await jobIn(answer)
    expect(answer.headers.get('location')).toBe(`/api/jobs/${job.id}`)
    expect(job).toMatchObject({ status: 'queued', task: 'echo', tag: 'mine', requester: 'anonymous' })
    expect(job.options).toEqual({ dpi: 150, level: 'low' })
    const [input] = job.inputs
    expect(input).toMatchObject({ name: 'Rechnung März.pdf', size: 2000, contentType: 'application/pdf' })
    expect(input?.key).toMatch(new RegExp(`^default/${job.id}/in/[0-9a-f]{8}\\.0/Rechnung_Marz\\.pdf$`))
    expect(await gateway.objects.stat(input?.key ?? '')).toEqual(input)
    expect(await gateway.schedules()).toEqual([])
  })

  it('takes a job without files as JSON, or without any body', async () => {
    expect((await jobIn(await submit('noop', { options: {}, tag: 'x' }))).inputs).toEqual([])
    expect((await jobIn(await submit('noop'))).status).toBe('queued')
  })

  it.each([
    [{ options: '{"dpi": 72, "level": "high"}' }, { dpi: 72, level: 'high' }],
    [
      { dpi: '72', level: 'high', gray: 'true', languages: '["deu"]' },
      { dpi: 72, level: 'high', gray: true, languages: ['deu'] },
    ],
    [
      { options: '{"dpi": 72}', level: 'high' },
      { dpi: 72, level: 'high' },
    ],
  ])('takes options of a form as JSON and as fields: %j', async (fields, options) => {
    expect((await jobIn(await submit('echo', form([aPdf()], fields)))).options).toEqual(options)
  })

  it.each([
    [{ fresh: 'true' }, { fresh: true }, true],
    [{ fresh: 'false' }, { fresh: false }, undefined],
    [{}, {}, undefined],
  ])('takes the wish for a fresh result in forms and in JSON: %j', async (fields, json, fresh) => {
    expect((await jobIn(await submit('echo', form([aPdf()], fields)))).fresh).toBe(fresh)
    expect((await jobIn(await submit('noop', json))).fresh).toBe(fresh)
  })

  it('keeps the trace of the caller', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    const answer = await submit('noop', {}, { traceparent })
    const job = await jobIn(answer)
    expect(answer.headers.get('traceparent')).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-/)
    expect(job.traceparent).toBe(answer.headers.get('traceparent'))
  })

  it('waits for the outcome where that is preferred, and no longer than asked', async () => {
    const waiting = submit('noop', { tag: 'waiting' }, { prefer: 'respond-async, wait=20' })
    await until(() => gateway.projection.list('default', { tag: 'waiting' }, 1).jobs.length > 0)
    const [queued] = gateway.projection.list('default', { tag: 'waiting' }, 1).jobs
    if (queued) await complete(gateway, queued)
    const answer = await waiting
    expect(answer.headers.get('preference-applied')).toBe('wait=20')
    expect(await jobIn(answer, 200)).toMatchObject({ status: 'completed', result: { pages: 1 } })

    const late = await submit('noop', {}, { prefer: 'wait=0' })
    expect(await jobIn(late, 202)).toMatchObject({ status: 'queued' })
  })

  it('takes any file where files fail one by one', async () => {
    const files = form([
      ['a.pdf', aPdf()],
      ['page.html', '<!doctype html>'],
      ['empty.pdf', ''],
    ])
    const { inputs } = await jobIn(await submit('sort', files))
    expect(inputs.map(({ name, size, contentType }) => [name, size, contentType])).toEqual([
      ['a.pdf', 2000, 'application/pdf'],
      ['page.html', 15, 'application/octet-stream'],
      ['empty.pdf', 0, 'application/octet-stream'],
    ])
  })

  it('lets a job wait for its start time', async () => {
    const { store, scheduled, fireLast } = hurried(gateway.store)
    const replica = await gateway.replica({ store })
    const startAt = new Date(Date.now() + 3600_000).toISOString()
    const job = await jobIn(await post(`${replica.url}/api/jobs/noop`, { startAt }))
    expect(job).toMatchObject({ status: 'scheduled', startAt, nextAttemptAt: startAt })
    expect(await gateway.schedules()).toEqual([`due.default.testing.noop.${job.id}`])
    expect(scheduled.map(({ when }) => when)).toEqual([new Date(startAt)])
    await fireLast()
    await until(() => gateway.projection.get(job.id)?.status === 'queued')
  })

  it('starts a job at once whose start time is over', async () => {
    const job = await jobIn(await submit('noop', { startAt: '2020-01-01T01:00:00+01:00' }))
    expect(job.startAt).toBe('2020-01-01T00:00:00.000Z')
    await until(() => gateway.projection.get(job.id)?.status === 'queued')
  })
})

describe('a faulty request', () => {
  const tooFar = new Date(Date.now() + 31 * 86_400_000).toISOString()
  const wrongPart = new FormData()
  wrongPart.append('document', new Blob([aPdf()]), 'a.pdf')

  it.each([
    ['no PDF', 'echo', form(['hello, world'.repeat(200)]), 415, 'not_a_pdf'],
    ['a short file that is no PDF', 'echo', form(['x']), 415, 'not_a_pdf'],
    ['a header too far behind', 'echo', form([`${' '.repeat(1024)}%PDF-1.7`]), 415, 'not_a_pdf'],
    ['an empty file', 'echo', form(['']), 400, 'empty_file'],
    ['a file over the limit', 'echo', form([aPdf(200_000)]), 413, 'too_large'],
    ['a request far over the limit', 'echo', form([aPdf(3_000_000)]), 413, 'too_large'],
    ['no file', 'echo', form([], { dpi: '72' }), 400, 'missing_file'],
    ['no file in JSON', 'echo', {}, 400, 'missing_file'],
    ['one file of two', 'gather', form([aPdf()]), 400, 'missing_file'],
    ['two files where one is due', 'echo', form([aPdf(), aPdf()]), 400, 'too_many_files'],
    ['four files of three', 'gather', form([aPdf(), aPdf(), aPdf(), aPdf()]), 400, 'too_many_files'],
    ['a file where none is due', 'noop', form([aPdf()]), 400, 'too_many_files'],
    ['a wrong option behind the file', 'echo', form([aPdf()], { dpi: '5' }), 400, 'invalid_options'],
    ['an unknown option', 'echo', form([aPdf()], { callback: 'https://a.example' }), 400, 'invalid_options'],
    ['options that are no JSON', 'echo', form([aPdf()], { options: '{"dpi"' }), 400, 'invalid_options'],
    ['options that are no object', 'echo', form([aPdf()], { options: '[1]' }), 400, 'invalid_options'],
    ['options that are endless', 'noop', { options: { a: 'x'.repeat(70_000) } }, 400, 'invalid_options'],
    ['a wrong option in JSON', 'noop', { options: { a: 1 } }, 400, 'invalid_options'],
    ['an unknown task', 'nothing', form([aPdf()]), 404, 'unknown_task'],
    ['an unknown field', 'noop', { callback: 'https://a.example' }, 400, 'invalid_request'],
    ['a part of another name', 'echo', wrongPart, 400, 'invalid_request'],
    ['a start too far ahead', 'noop', { startAt: tooFar }, 400, 'invalid_request'],
    ['a start that is no time', 'echo', form([aPdf()], { startAt: 'soon' }), 400, 'invalid_request'],
    ['an endless tag', 'noop', { tag: 'x'.repeat(201) }, 400, 'invalid_request'],
    [
      'an upload that is not there',
      'echo',
      { inputs: [{ upload: '0198f0a0-0000-7000-8000-000000000000' }] },
      404,
      'unknown_upload',
    ],
  ])('is refused for %s, and leaves nothing behind', async (_, task, body, status, code) => {
    const before = [await gateway.keys(), gateway.projection.list('default', {}, 200).jobs.length]
    const problem = await problemIn(await submit(task, body))
    expect(problem).toMatchObject({
      status,
      code,
      instance: `/api/jobs/${task}`,
      type: `urn:pdf-smaller:problem:${code}`,
    })
    expect(problem.detail).toContain(problem.title)
    expect(problem.traceId).toMatch(/^[0-9a-f]{32}$/)
    await until(async () => (await gateway.schedules()).length === 0)
    expect([await gateway.keys(), gateway.projection.list('default', {}, 200).jobs.length]).toEqual(before)
  })

  it('tells every wrong value', async () => {
    const { errors } = await problemIn(await submit('echo', form([aPdf()], { dpi: '5', colour: 'red' })))
    expect(errors?.map(({ pointer }) => pointer)).toEqual(['/options/dpi', '/options/colour'])
  })

  it.each([
    ['JSON that is none', 'application/json', '{"a"', 400, 'invalid_request'],
    ['another content type', 'text/csv', 'a,b', 415, 'unsupported_media_type'],
    ['a form without boundary', 'multipart/form-data', 'x', 400, 'broken_upload'],
    [
      'a form that is cut off',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7 abc',
      400,
      'broken_upload',
    ],
    [
      'a form cut off in a header',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-dispo',
      400,
      'broken_upload',
    ],
    [
      'a body that is too large',
      'application/json',
      JSON.stringify({ tag: 'x'.repeat(1_100_000) }),
      413,
      'too_large',
    ],
  ])('is refused for %s', async (_, type, body, status, code) => {
    const before = await gateway.keys()
    const answer = await fetch(`${gateway.url}/api/jobs/echo`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    })
    expect(await problemIn(answer)).toMatchObject({ status, code })
    expect(await gateway.keys()).toEqual(before)
  })
})
