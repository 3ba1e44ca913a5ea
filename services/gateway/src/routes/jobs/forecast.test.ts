import { type JobView, StatusView } from '@pdf-smaller/contracts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  act,
  aPdf,
  form,
  type Harness,
  jobIn,
  openHarness,
  post,
  progress,
  start,
  until,
} from '../../../testing/harness.ts'
import { SystemHealth } from '@pdf-smaller/contracts/http'

let gateway: Harness
beforeAll(async () => {
  // The time stands still, for gateway and test alike: what is forecast does not hang on how long the test takes.
  vi.useFakeTimers({ toFake: ['Date'] })
  gateway = await openHarness()
})
afterAll(async () => {
  await gateway.close()
  vi.useRealTimers()
})

const echo = async () => jobIn(await post(`${gateway.url}/api/jobs/echo`, form([aPdf()])))
const runs = { queuedMs: 1, taskMs: 1, engineMs: 0, enginePeakBytes: 0, bytesIn: 2000, bytesOut: 0 }

/** Completes a job that took so long. */
async function completeIn(runMs: number, more: { pages?: number } = {}): Promise<void> {
  const { attempt, ...job } = await start(gateway, await echo())
  const measures = { ...runs, runMs, ...more }
  await act(gateway, { attempt, ...job }, { type: 'Complete', attempt, outputs: [], result: {}, measures })
}

async function forecast({
  id,
}: Pick<JobView, 'id'>): Promise<{ starts: number | null; ends: number | null }> {
  const { meta } = StatusView.parse(await (await fetch(`${gateway.url}/api/jobs/${id}/status`)).json())
  const inMs = (time: string | null) => (time === null ? null : Date.parse(time) - Date.now())
  return { starts: inMs(meta.estimated_start_at), ends: inMs(meta.estimated_end_at) }
}

describe('the forecast of a job', () => {
  it('goes by the jobs before it, and tells how far the newest were off', async () => {
    const early = await echo()
    expect(await forecast(early)).toEqual({ starts: null, ends: null })
    await act(gateway, early, { type: 'Cancel', by: 'me', reason: '' })
    for (const runMs of [10_000, 20_000, 30_000]) await completeIn(runMs)
    await completeIn(40_000)

    const running = await start(gateway, await echo())
    const [second, third] = [await echo(), await echo()]
    expect((await forecast(running)).ends).toBe(25_000)
    expect(await forecast(second)).toEqual({ starts: 25_000, ends: 50_000 })
    expect((await forecast(third)).starts).toBe(50_000)

    const { forecasts } = SystemHealth.parse(await (await fetch(`${gateway.url}/api/health`)).json())
    // Nobody waited for long, and two were told that they would not.
    expect(forecasts).toEqual({
      runs: { jobs: 1, typicalFactor: 2 },
      waits: { jobs: 2, typicalFactor: 1 },
    })
  })

  it('goes by pages, too, once the running job has told of its own', async () => {
    for (let n = 0; n < 16; n++) {
      await completeIn(100_000, { pages: 500 })
      await completeIn(200, { pages: 1 })
    }
    const running = await start(gateway, await echo())
    expect((await forecast(running)).ends).toBeLessThan(90_000)
    await progress(gateway, running, 10, { pages: 450 })
    await until(async () => ((await forecast(running)).ends ?? 0) > 95_000)
  })

  it('is known to every gateway, and told with the live events', async () => {
    const job = await echo()
    const controller = new AbortController()
    const answer = await fetch(`${gateway.url}/api/jobs/${job.id}/events`, { signal: controller.signal })
    let text = ''
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      if (text.includes('pdfsmaller.job.forecast.v1')) break
    }
    controller.abort()
    expect(text).toMatch(/^event: pdfsmaller\.job\.forecast\.v1\ndata: \{"jobId":"[0-9a-f-]+","startsAt":/m)
    const replica = await gateway.replica()
    await replica.projection.reached(job.revision, 60_000)
    expect(replica.projection.forecast(job, new Date())).toBeDefined()
  })
})
