import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { JobView } from '@pdf-smaller/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesBelow, type RunningSystem, startSystemProcess, until } from '@pdf-smaller/testing/system'

let system: RunningSystem
beforeAll(async () => {
  system = await startSystemProcess({
    PDF_SMALLER_UPLOAD_SECONDS: '5',
    // Longer than an append is tried: what is accepted late keeps its files.
    PDF_SMALLER_UPLOAD_GRACE_SECONDS: '6',
    PDF_SMALLER_RETRY_PACE: '0.03',
    PDF_SMALLER_LOG_LEVEL: 'warn',
  })
})
afterAll(() => system.close())

/** Uploads until it is accepted, as a client with an idempotency key may; gives up when told to. */
async function submit(pdf: Uint8Array<ArrayBuffer>, key: string | undefined): Promise<string | undefined> {
  // A killed system takes its time until it is there again.
  for (let tries = 0; tries < 1000; tries++) {
    const form = new FormData()
    form.set('file', new Blob([pdf], { type: 'application/pdf' }), 'a.pdf')
    const headers = key ? { 'idempotency-key': key } : {}
    const response = await fetch(`${system.url}/api/jobs/compress`, {
      method: 'POST',
      body: form,
      headers,
    }).catch(() => undefined)
    if (response?.ok) return JobView.parse(await response.json()).id
    if (!key) return undefined
    await wait(100)
  }
  throw new Error(`the upload ${key} was never accepted`)
}

describe('uploads under kills of the gateway', () => {
  it('100 of them end as one job each, and no file is left that belongs to no job', async () => {
    const small = await readFile(new URL('../../examples/invoice.pdf', import.meta.url))
    // Noise behind the end of the file keeps the upload long enough to be hit.
    const pdf = Uint8Array.from(Buffer.concat([small, randomBytes(300_000)]))
    const queue = Array.from({ length: 100 }, (_, n) => (n % 5 === 4 ? undefined : `upload-${n}`))
    let accepted = 0
    const ids = new Set<string>()
    const clients = Array.from({ length: 8 }, async () => {
      while (queue.length > 0) {
        const id = await submit(pdf, queue.pop())
        if (id) ids.add(id)
        accepted++
      }
    })
    for (const kill of [20, 55]) {
      await until(`${kill} uploads`, () => accepted >= kill)
      await system.kill()
      await system.start()
    }
    await Promise.all(clients)
    const outcomes = async () => {
      const jobs = await Promise.all(
        [...ids].map(async (id) => JobView.parse(await (await fetch(`${system.url}/api/jobs/${id}`)).json())),
      )
      return jobs.map(({ status }) => status)
    }
    await until('every job has its outcome', async () =>
      (await outcomes()).every((status) => status === 'completed'),
    )
    expect(ids.size).toBeGreaterThanOrEqual(80)
    const jobs = await everyJob()
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(jobs.length)
    await until('no file without a job', async () => {
      const owned = new Set(
        (await everyJob()).flatMap(({ inputs, outputs }) => [...inputs, ...outputs].map(({ key }) => key)),
      )
      const files = await filesBelow(`${system.folder}/objects/objects`)
      // A probe of the store that a kill has cut off is left for the janitor.
      return files.every((file) => owned.has(file) || file.startsWith('probe/'))
    })
    // The answer does not wait for the workspace to be removed.
    await until('no workspace is left', async () => (await filesBelow(`${system.folder}/work`)).length === 0)
  })
})

async function everyJob(): Promise<JobView[]> {
  const jobs: JobView[] = []
  for (let cursor = ''; ;) {
    const page: unknown = await (await fetch(`${system.url}/api/jobs?limit=200${cursor}`)).json()
    if (typeof page !== 'object' || page === null || !('jobs' in page) || !Array.isArray(page.jobs))
      return jobs
    jobs.push(...page.jobs.map((job) => JobView.parse(job)))
    if (!('nextCursor' in page) || typeof page.nextCursor !== 'string') return jobs
    cursor = `&cursor=${page.nextCursor}`
  }
}
