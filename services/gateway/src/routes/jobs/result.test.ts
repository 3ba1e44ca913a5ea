import { createHash } from 'node:crypto'
import { describeFailure, failures } from '@pdf-smaller/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  act,
  complete,
  type Harness,
  jobIn,
  openHarness,
  post,
  problemIn,
  start,
} from '../../../testing/harness.ts'

const content = '%PDF-1.7 0123456789'
const etag = `"${createHash('sha256').update(content).digest('hex')}"`

let gateway: Harness
let result: string
let files: string[]
beforeAll(async () => {
  gateway = await openHarness()
  const job = await complete(gateway, await noop(), { 'Größe "x".pdf': content, 'zwei.pdf': 'two' })
  const answer = await jobIn(await fetch(`${gateway.url}/api/jobs/${job.id}`), 200)
  result = `${gateway.url}${answer.links.result}`
  files = (answer.links.files ?? []).map((file) => `${gateway.url}${file}`)
})
afterAll(() => gateway.close())

async function noop() {
  return jobIn(await post(`${gateway.url}/api/jobs/noop`, {}))
}

const get = (headers: Record<string, string> = {}, method = 'GET', url = result) =>
  fetch(url, { method, headers })

describe('a result', () => {
  it('is sent whole, with its name and checksum', async () => {
    const answer = await get()
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(content.length),
      'accept-ranges': 'bytes',
      'content-disposition': `attachment; filename="Gro_e_x_.pdf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22x%22.pdf`,
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
      etag,
    })
    expect(await answer.text()).toBe(content)
  })

  it.each([
    ['bytes=0-3', '%PDF', 'bytes 0-3/19'],
    ['bytes=9-', '0123456789', 'bytes 9-18/19'],
    ['bytes=-4', '6789', 'bytes 15-18/19'],
    ['bytes=-400', content, 'bytes 0-18/19'],
    ['bytes=17-400', '89', 'bytes 17-18/19'],
  ])('is sent in part: %s', async (range, part, contentRange) => {
    const answer = await get({ range })
    expect([answer.status, answer.headers.get('content-range'), await answer.text()]).toEqual([
      206,
      contentRange,
      part,
    ])
    expect(answer.headers.get('content-length')).toBe(String(part.length))
  })

  it.each(['bytes=0-1,3-4', 'bytes=5-2', 'pages=1-2', 'bytes=-'])(
    'is sent whole where the range may be ignored: %s',
    async (range) => {
      const answer = await get({ range })
      expect([answer.status, await answer.text()]).toEqual([200, content])
    },
  )

  it.each(['bytes=19-', 'bytes=-0', 'bytes=500-600'])(
    'is refused where there is no such range: %s',
    async (range) => {
      const answer = await get({ range })
      expect(answer.headers.get('content-range')).toBe('bytes */19')
      expect(await problemIn(answer)).toMatchObject({ status: 416, code: 'range_not_satisfiable' })
    },
  )

  it('is sent in part only while it is the same', async () => {
    const range = 'bytes=0-3'
    expect((await get({ range, 'if-range': etag })).status).toBe(206)
    expect((await get({ range, 'if-range': '"other"' })).status).toBe(200)
  })

  it('is not sent again where it is known', async () => {
    for (const known of [etag, `W/${etag}, "x"`, '*'])
      expect((await get({ 'if-none-match': known })).status).toBe(304)
    expect((await get({ 'if-none-match': '"x"' })).status).toBe(200)
  })

  it('tells its headers alone', async () => {
    const answer = await get({}, 'HEAD')
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([
      200,
      '19',
      '',
    ])
    expect((await get({ range: 'bytes=0-3' }, 'HEAD')).headers.get('content-length')).toBe('4')
  })

  it('has all its files at addresses of their own', async () => {
    expect(await Promise.all(files.map(async (file) => (await fetch(file)).text()))).toEqual([content, 'two'])
    const byName = `${result.replace('/result', '')}/files/zwei.pdf`
    expect(await (await get({}, 'GET', byName)).text()).toBe('two')
    const none = await problemIn(await get({}, 'GET', `${byName}x`))
    expect(none).toMatchObject({ status: 404, code: 'unknown_file' })
  })
})

describe('a job without a result', () => {
  const resultOf = (id: string) => fetch(`${gateway.url}/api/jobs/${id}/result`)

  it('is told to be unfinished', async () => {
    const { id } = await noop()
    expect(await problemIn(await resultOf(id))).toMatchObject({ status: 409, code: 'not_finished' })
  })

  it('tells the failure with its own status', async () => {
    const job = await noop()
    const { attempt } = await start(gateway, job)
    const failure = describeFailure('encrypted_pdf', 'a.pdf')
    await act(gateway, job, { type: 'Fail', attempt, failure, at: new Date(), random: 0, pace: 1 })
    const problem = await problemIn(await resultOf(job.id))
    expect(problem).toMatchObject({
      status: failures.encrypted_pdf.http,
      code: 'encrypted_pdf',
      detail: failure.message,
    })
  })

  it('is the fault of no server, whatever has failed, and asking again is of no use', async () => {
    const job = await noop()
    const { attempt } = await start(gateway, job)
    const failure = describeFailure('object_missing')
    expect(failures.object_missing.http).toBe(500)
    await act(gateway, job, { type: 'Fail', attempt, failure, at: new Date(), random: 0, pace: 1 })
    const answer = await resultOf(job.id)
    expect(answer.headers.get('retry-after')).toBeNull()
    expect(await problemIn(answer)).toMatchObject({ status: 422, code: 'object_missing', retryable: false })
  })

  it('tells that its files were deleted', async () => {
    const job = await complete(gateway, await noop(), { 'a.pdf': content })
    await act(gateway, job, { type: 'Expire', files: 1, bytes: 19, reason: 'test' })
    expect(await problemIn(await resultOf(job.id))).toMatchObject({ status: 410, code: 'file_expired' })
    expect((await jobIn(await fetch(`${gateway.url}/api/jobs/${job.id}`), 200)).links.result).toBeUndefined()
  })

  it('tells that its file is lost', async () => {
    const job = await complete(gateway, await noop(), { 'a.pdf': content })
    await gateway.objects.remove(job.outputs[0]?.key ?? '')
    expect(await problemIn(await resultOf(job.id))).toMatchObject({ status: 500, code: 'object_missing' })
  })
})
