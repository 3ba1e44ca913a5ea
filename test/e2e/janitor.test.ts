import { randomUUID } from 'node:crypto'
import { HealthReport, JobView } from '@pdf-smaller/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startMinio } from '@pdf-smaller/testing/object-servers/minio'
import { type S3Server, storageSettings } from '@pdf-smaller/testing/object-servers/server'
import { type RunningSystem, startSystemProcess, until } from '@pdf-smaller/testing/system'

const Health = z.object({ status: z.string(), issues: z.array(z.string()), report: HealthReport.optional() })

describe.each<[string, (() => Promise<S3Server>) | undefined]>([
  ['a directory', undefined],
  ['MinIO', startMinio],
])('the janitor of the whole system, with files in %s', (_, startStore) => {
  let system: RunningSystem
  let server: S3Server | undefined
  beforeAll(async () => {
    server = await startStore?.()
    system = await startSystemProcess(server ? storageSettings(server, `janitor-${randomUUID()}`) : {})
  })
  afterAll(async () => {
    await system.close()
    await server?.stop()
  })

  async function submit(task: string, options: object = {}): Promise<JobView> {
    const answer = await fetch(`${system.url}/api/jobs/${task}`, {
      method: 'POST',
      body: JSON.stringify({ options }),
      headers: { 'content-type': 'application/json', prefer: 'wait=60' },
    })
    return JobView.parse(await answer.json())
  }

  it('makes a health check by itself, soon after the start', async () => {
    const health = async () => Health.parse(await (await fetch(`${system.url}/api/health`)).json())
    await until('there is a report', async () => (await health()).report !== undefined)
    expect((await health()).report?.components.objects.status).toBe('healthy')
    // It may have been made before the last of the services had told of itself.
    expect(await submit('health-check')).toMatchObject({ status: 'completed' })
    const services = async () =>
      (await health()).report?.components.services.instances.map(({ service }) => service)
    await expect
      .poll(services)
      .toEqual(expect.arrayContaining(['gateway', 'compression', 'conversion', 'janitor']))
  })

  it('cleans up on request, first as a dry run', async () => {
    const form = new FormData()
    form.set('file', new Blob(['%PDF-1.7\nthis is cut off'], { type: 'application/pdf' }), 'cut.pdf')
    const sent = await fetch(`${system.url}/api/jobs/compress`, {
      method: 'POST',
      body: form,
      headers: { prefer: 'wait=30' },
    })
    const failed = JobView.parse(await sent.json())
    expect(failed.status).toBe('failed')
    const options = { failedDays: 0, completedDays: 0 }
    const dry = await submit('cleanup-expired-jobs', { ...options, dryRun: true })
    expect(dry).toMatchObject({ status: 'completed', result: { expired: { jobs: 1, files: 1 } } })
    const done = await submit('cleanup-expired-jobs', options)
    expect(done).toMatchObject({ status: 'completed', result: { expired: { jobs: 1, files: 1 } } })
    const retry = await fetch(`${system.url}/api/jobs/${failed.id}/retry`, { method: 'POST' })
    expect(retry.status).toBe(410)
    const record = JobView.parse(await (await fetch(`${system.url}/api/jobs/${failed.id}`)).json())
    expect(record).toMatchObject({ status: 'failed', expired: { files: 1 } })
    expect(await submit('cleanup-temp-files')).toMatchObject({ status: 'completed' })
  })
})
