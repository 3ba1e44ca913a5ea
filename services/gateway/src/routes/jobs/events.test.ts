import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  act,
  complete,
  type Harness,
  jobIn,
  openHarness,
  post,
  progress,
  start,
  until,
} from '../../../testing/harness.ts'

let gateway: Harness
beforeAll(async () => {
  gateway = await openHarness()
})
afterAll(() => gateway.close())

type Told = { id?: number; event?: string; data?: string }
const noop = async () => jobIn(await post(`${gateway.url}/api/jobs/noop`, {}))

/** Reads a stream of events; `told` grows as they arrive. */
function follow(jobId: string, after?: number) {
  const told: Told[] = []
  const controller = new AbortController()
  const read = async () => {
    const headers = after === undefined ? {} : { 'last-event-id': String(after) }
    const answer = await fetch(`${gateway.url}/api/jobs/${jobId}/events`, {
      headers,
      signal: controller.signal,
    })
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    let text = ''
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (text + chunk).split('\n\n')
      text = blocks.pop() ?? ''
      told.push(...blocks.map(parse).filter(({ event }) => event !== undefined))
    }
  }
  return {
    told,
    ended: read().catch((error: unknown) => controller.signal.aborted || Promise.reject(error)),
    abort: () => controller.abort(),
  }
}

function parse(block: string): Told {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  )
  const id = fields.get('id')
  return { ...(id ? { id: Number(id) } : {}), event: fields.get('event'), data: fields.get('data') } as Told
}

const names = (told: Told[]) => told.map(({ event }) => event?.split('.')[2])

describe('the events of a job', () => {
  it('are told from the beginning, then live with progress, and end with the outcome', async () => {
    const job = await noop()
    const { told, ended } = follow(job.id)
    await until(() => told.length === 1)
    const running = await start(gateway, job)
    await progress(gateway, job, 40)
    await until(() => names(told).includes('progressed'))
    await act(gateway, running, { type: 'Cancel', by: 'me', reason: '' })
    await ended
    expect(names(told)).toEqual(['requested', 'started', 'progressed', 'cancelled'])
    expect(told.map(({ id }) => id)).toEqual(
      [...gateway.projection.sequences(job.id)].toSpliced(2, 0, undefined as unknown as number),
    )
    expect(JSON.parse(told[2]?.data ?? '')).toMatchObject({ subject: job.id, data: { percentage: 40 } })
  })

  it('go on after the last one seen', async () => {
    const job = await noop()
    const first = follow(job.id)
    await until(() => first.told.length === 1)
    first.abort()
    await first.ended
    const running = await start(gateway, job)
    const second = follow(job.id, first.told[0]?.id)
    await until(() => second.told.length === 1)
    await act(gateway, running, { type: 'Cancel', by: 'me', reason: '' })
    await second.ended
    expect(names(second.told)).toEqual(['started', 'cancelled'])
  })

  it('are told whole of a finished job, and not again after its outcome', async () => {
    const job = await complete(gateway, await noop())
    const { told, ended } = follow(job.id)
    await ended
    expect(names(told)).toEqual(['requested', 'started', 'completed'])
    const again = await fetch(`${gateway.url}/api/jobs/${job.id}/events`, {
      headers: { 'last-event-id': String(job.revision) },
    })
    expect(again.status).toBe(204)
    const expired = await act(gateway, job, { type: 'Expire', files: 0, bytes: 0, reason: 'test' })
    const rest = follow(job.id, job.revision)
    await rest.ended
    expect(rest.told.map(({ id }) => id)).toEqual([expired.revision])
  })

  it('reach five hundred followers, each event once', async () => {
    const job = await noop()
    const followers = Array.from({ length: 500 }, () => follow(job.id))
    await until(() => followers.every(({ told }) => told.length === 1))
    await complete(gateway, job)
    await Promise.all(followers.map(({ ended }) => ended))
    expect(new Set(followers.map(({ told }) => names(told).join()))).toEqual(
      new Set(['requested,started,completed']),
    )
  })

  it('leave progress out for a client that reads too slowly, and hold little for it', async () => {
    const job = await noop()
    const running = await start(gateway, job)
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
    socket.write(`GET /api/jobs/${job.id}/events HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`)
    await once(socket, 'readable')
    await progress(gateway, job, 10, { times: 40_000 })
    await act(gateway, running, { type: 'Cancel', by: 'me', reason: '' })
    let text = ''
    for await (const chunk of socket) text += String(chunk)
    expect(text).toContain('event: pdfsmaller.job.cancelled.v1')
    expect(text.split('event: pdfsmaller.job.progressed.v1').length).toBeLessThan(30_000)
  })
})
