import { once } from 'node:events'
import { request as open, type ClientRequest, type IncomingMessage } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import {
  aPdf,
  assertNothingLeft,
  form,
  type Harness,
  jobIn,
  openHarness,
  post,
  problemIn,
  until,
} from '../../testing/harness.ts'
import { hurried } from '../../testing/schedules.ts'
import { deadMansSwitch } from './dead-mans-switch.ts'
import { openSubmission } from './submission.ts'

const harnesses: Harness[] = []

async function harness(settings: Parameters<typeof openHarness>[0] = {}): Promise<Harness> {
  const made = await openHarness(settings)
  harnesses.push(made)
  return made
}
afterEach(async () => {
  await Promise.all(harnesses.splice(0).map(({ close }) => close()))
})

const head =
  '--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\ncontent-type: application/pdf\r\n\r\n'
const tail = '\r\n--b--\r\n'

/** Begins an upload that the test goes on with, byte by byte. */
function begin(
  gateway: Harness,
  path = '/api/jobs/echo',
  headers: Record<string, string> = {},
): ClientRequest {
  const request = open(`${gateway.url}${path}`, {
    method: 'POST',
    agent: false,
    headers: { 'content-type': 'multipart/form-data; boundary=b', ...headers },
  })
  request.on('error', () => {})
  return request
}

async function answerOf(request: ClientRequest): Promise<Response> {
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  return new Response(Buffer.concat(chunks), {
    status: answer.statusCode ?? 0,
    headers: { 'content-type': answer.headers['content-type'] ?? '' },
  })
}

describe('an upload', () => {
  it('that the client aborts leaves nothing behind', async () => {
    const gateway = await harness()
    for (const sent of ['', head.slice(0, 40), head, head + aPdf(500), head + aPdf(500_000)]) {
      const request = begin(gateway)
      await new Promise((resolve) => request.write(sent || ' ', resolve))
      if (sent.length > 100_000) await until(async () => (await gateway.temporary()).length > 0)
      request.destroy()
    }
    await until(
      () =>
        new Promise((resolve) =>
          gateway.gateway.app.server.getConnections((_, count) => resolve(count === 0)),
        ),
    )
    await assertNothingLeft(gateway)
  })

  it('that stalls is ended, wherever it stands', async () => {
    const gateway = await harness({ env: { PDF_SMALLER_UPLOAD_STALL_SECONDS: '1' } })
    const requests = [head.slice(0, 40), head, head + aPdf(5000), `${head}${aPdf(5000)}\r\n--b\r\n`].map(
      (sent) => {
        const request = begin(gateway)
        request.write(sent)
        return answerOf(request)
      },
    )
    for (const answer of await Promise.all(requests))
      expect(await problemIn(answer)).toMatchObject({ status: 408, code: 'upload_timeout', retryable: true })
    await assertNothingLeft(gateway)
  })

  it('that is slow but steady is taken', async () => {
    // In all it takes longer than a stall may, and between two bytes a busy machine has nearly as long as that.
    const gateway = await harness({ env: { PDF_SMALLER_UPLOAD_STALL_SECONDS: '2' } })
    const request = begin(gateway)
    request.write(head)
    for (const byte of aPdf(12)) {
      request.write(byte)
      await wait(200)
    }
    request.end(tail)
    expect((await jobIn(await answerOf(request))).inputs[0]?.size).toBe(12)
  })

  it('that takes too long is ended', async () => {
    const gateway = await harness({ env: { PDF_SMALLER_UPLOAD_SECONDS: '1' } })
    const request = begin(gateway)
    request.write(head + aPdf(12))
    const trickle = setInterval(() => request.write('x'), 50)
    const problem = await problemIn(await answerOf(request))
    clearInterval(trickle)
    expect(problem).toMatchObject({ status: 408, code: 'upload_timeout' })
    await assertNothingLeft(gateway)
  })

  it('that is refused early gets its answer, though the client goes on sending', async () => {
    const gateway = await harness()
    const request = begin(gateway)
    request.write(`${head}${'nonsense'.repeat(1000)}`)
    const more = setInterval(() => request.write('x'.repeat(100_000)), 1)
    const answer = await answerOf(request)
    clearInterval(more)
    request.destroy()
    expect(await problemIn(answer)).toMatchObject({ status: 415, code: 'not_a_pdf' })
    await assertNothingLeft(gateway)
  })

  it('of any size needs little memory', async () => {
    const gateway = await harness()
    const chunk = Buffer.alloc(1 << 20, 'x')
    const send = async (megabytes: number) => {
      const request = begin(gateway)
      request.write(`${head}%PDF-1.7\n`)
      let most = 0
      for (let n = 0; n < megabytes; n++) {
        if (!request.write(chunk)) await once(request, 'drain')
        most = Math.max(most, process.memoryUsage.rss())
      }
      request.end(tail)
      const job = await jobIn(await answerOf(request))
      expect(job.inputs[0]?.size).toBe(megabytes * chunk.length + 9)
      return most
    }
    await send(32)
    const before = process.memoryUsage.rss()
    // Far less than was sent; what was let go of lies about for a while.
    expect((await send(256)) - before).toBeLessThan(128 * 1024 * 1024)
  })
})

describe('a crash while files are stored', () => {
  it('is followed by their removal, and of theirs only', async () => {
    const gateway = await harness()
    const job = await jobIn(await post(`${gateway.url}/api/jobs/echo`, form([aPdf()])))
    const kept = await gateway.keys()
    const { store, fireLast } = hurried(gateway.store)
    // Nobody goes on with this submission.
    const context = { ...gateway.options, store, clock: () => new Date() }
    const submission = openSubmission(context, 'default', job.id)
    await submission.store([Buffer.from(aPdf())], {
      name: 'a.pdf',
      contentType: 'application/pdf',
      maxBytes: 1e6,
    })
    expect(await gateway.keys()).toHaveLength(2)
    expect(await gateway.schedules()).toEqual([submission.schedule()])
    await fireLast()
    await until(async () => (await gateway.keys()).length === 1)
    expect(await gateway.keys()).toEqual(kept)
    expect(await gateway.schedules()).toEqual([])
  })

  it('leaves files alone that a job lives on', async () => {
    const gateway = await harness()
    const job = await jobIn(await post(`${gateway.url}/api/jobs/echo`, form([aPdf()])))
    const prefix = job.inputs[0]?.key.replace(/0\/.*/, '') ?? ''
    const guard = { tenant: 'default', id: job.id, name: `${job.id}-x`, prefix, seconds: 0 }
    await deadMansSwitch({ store: gateway.store, clock: () => new Date() }, guard).arm()
    await until(async () => (await gateway.schedules()).length === 0)
    await until(async () => {
      const { waiting, out } = await gateway.store.lag('gateway-uploads')
      return waiting + out === 0
    })
    expect(await gateway.keys()).toHaveLength(1)
  })
})
