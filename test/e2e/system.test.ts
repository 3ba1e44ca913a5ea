import { readFile } from 'node:fs/promises'
import { jetstream } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { JobView } from '@pdf-smaller/contracts'
import { OpenedEventConsumer } from '@pdf-smaller/contracts/http'
import { Result } from '@pdf-smaller/compress/result'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '@pdf-smaller/testing/free-ports'
import {
  filesBelow,
  processesNaming,
  type RunningSystem,
  startSystemProcess,
  until,
} from '@pdf-smaller/testing/system'

const examples = new URL('../../examples/', import.meta.url)

let system: RunningSystem
beforeAll(async () => {
  // A crash is noticed after 0.75 s instead of 15.
  const NATS_PORT = String(await freePort())
  system = await startSystemProcess({ PDF_SMALLER_RETRY_PACE: '0.05', PDF_SMALLER_NATS_PORT: NATS_PORT })
})
afterAll(() => system.close())

async function compress(
  file: string,
  headers: Record<string, string> = {},
  fresh = 'true',
): Promise<Response> {
  const form = new FormData()
  form.set('fresh', fresh)
  form.set(
    'file',
    new Blob([Uint8Array.from(await readFile(new URL(file, examples)))], { type: 'application/pdf' }),
    file,
  )
  return fetch(`${system.url}/api/tasks/compress/jobs`, { method: 'POST', body: form, headers })
}

const jobOf = async (response: Response) => JobView.parse(await response.json())

describe('the whole system in one process', () => {
  it('makes files smaller, or says why not', async () => {
    // Small ones: what compression makes of each example is looked at where it lives.
    for (const file of ['bank-statement.pdf', 'fax.pdf', 'form.pdf', 'handbook.pdf']) {
      const response = await compress(file, { prefer: 'wait=60' })
      expect(response.status).toBe(200)
      const job = await jobOf(response)
      expect(job.failure).toBeUndefined()
      const result = Result.parse(job.result)
      const download = await fetch(`${system.url}/api/jobs/${job.id}/result`)
      const bytes = Buffer.from(await download.arrayBuffer())
      expect(bytes.length).toBe(result.bytesAfter)
      expect(bytes.length).toBeLessThanOrEqual(result.bytesBefore)
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    }
    // The answer does not wait for the workspace to be removed.
    await until('no workspace is left', async () => (await filesBelow(`${system.folder}/work`)).length === 0)
  })

  it('serves a result again, as a file of the new job, and says whose it is', async () => {
    const first = await jobOf(await compress('form.pdf', { prefer: 'wait=60' }))
    const second = await jobOf(await compress('form.pdf', { prefer: 'wait=60' }, 'false'))
    expect(second).toMatchObject({ status: 'completed', reusedFrom: first.id, result: first.result })
    const download = await fetch(`${system.url}/api/jobs/${second.id}/result`)
    expect((await download.arrayBuffer()).byteLength).toBe(first.outputs[0]?.size)
  })

  it('tells how a job goes on, live, and ends the stream with its outcome', async () => {
    const job = await jobOf(await compress('scan-colour.pdf'))
    const stream = await (await fetch(`${system.url}/api/jobs/${job.id}/events`)).text()
    const types = [...stream.matchAll(/^event: (.+)$/gm)].map(([, type]) => type)
    expect(types[0]).toBe('pdfsmaller.job.requested.v1')
    expect(types).toContain('pdfsmaller.job.progressed.v1')
    expect(types.at(-1)).toBe('pdfsmaller.job.completed.v1')
  })

  it('fails a damaged file with a stable code, and leaves nothing of it in the workspace', async () => {
    const form = new FormData()
    form.set('file', new Blob(['%PDF-1.7\nthis is cut off'], { type: 'application/pdf' }), 'cut.pdf')
    const response = await fetch(`${system.url}/api/jobs/compress`, {
      method: 'POST',
      body: form,
      headers: { prefer: 'wait=30' },
    })
    expect(await jobOf(response)).toMatchObject({
      status: 'failed',
      failure: { code: 'damaged_pdf', retryable: false },
    })
    // The answer does not wait for the workspace to be removed.
    await until('no workspace is left', async () => (await filesBelow(`${system.folder}/work`)).length === 0)
  })

  it('keeps its jobs over a restart, and leaves no process behind', async () => {
    const job = await jobOf(await compress('invoice.pdf', { prefer: 'wait=60' }))
    expect(await system.end('SIGINT')).toBe(0)
    expect(await processesNaming(system.folder)).toEqual([])
    await system.start()
    const again = await jobOf(await fetch(`${system.url}/api/jobs/${job.id}`))
    expect(again).toMatchObject({ id: job.id, status: 'completed' })
  })

  it('starts the server of its event store again when somebody kills it, and goes on', async () => {
    const job = await jobOf(await compress('invoice.pdf', { prefer: 'wait=60' }))
    process.kill(Number(await readFile(`${system.folder}/nats.pid`, 'utf8')), 'SIGKILL')
    await until('the end is told', () => system.log().includes('it is started again'))
    const submitted = async () => (await compress('form.pdf', {}, 'false')).status
    await until('jobs are taken again', async () => (await submitted()) === 202)
    expect(await jobOf(await fetch(`${system.url}/api/jobs/${job.id}`))).toMatchObject({
      status: 'completed',
    })
  })

  it('is up again after a crash of everything, without the old server in its way, and integrators read on', async () => {
    const { consumer, credentials } = await newIntegrator('billing')
    const { servers, user, password = '', inboxPrefix } = credentials
    const patience = { reconnectTimeWait: 50, maxReconnectAttempts: -1 }
    const connection = await connect({ servers, user, pass: password, inboxPrefix, ...patience })
    const events = await (await jetstream(connection).consumers.get('JOBS', consumer.consumer)).consume()
    const seen: string[] = []
    const reading = (async () => {
      for await (const event of events) {
        seen.push(event.subject)
        event.ack()
      }
    })().catch(() => {})
    const job = await jobOf(await compress('handbook.pdf'))
    await system.kill()
    await system.start()
    expect(system.log()).not.toContain(password)
    const status = async () => (await jobOf(await fetch(`${system.url}/api/jobs/${job.id}`))).status
    await until('the interrupted job is completed', async () => (await status()) === 'completed')
    const isOutcome = (subject: string) => subject.endsWith(`.${job.id}.outcome`)
    await until('its outcome is read', () => seen.some(isOutcome))
    const closed = connection.closed()
    await fetch(`${system.url}/api/event-consumers/billing`, { method: 'DELETE' })
    await Promise.all([closed, reading])
  })
})

async function newIntegrator(name: string): Promise<OpenedEventConsumer> {
  const answer = await fetch(`${system.url}/api/event-consumers`, {
    method: 'POST',
    body: JSON.stringify({ name }),
    headers: { 'content-type': 'application/json' },
  })
  return OpenedEventConsumer.parse(await answer.json())
}
