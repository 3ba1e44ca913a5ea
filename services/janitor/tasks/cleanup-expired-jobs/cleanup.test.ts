import { randomUUID } from 'node:crypto'
import { cloudEvent, jobStream } from '@pdf-smaller/contracts'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMinio } from '@pdf-smaller/testing/object-servers/minio'
import { type S3Server, storageSettings } from '@pdf-smaller/testing/object-servers/server'
import { type Harness, openHarness } from '../../testing/harness.ts'
import { cleanupExpiredJobs } from './task.ts'

describe.each<[string, (() => Promise<S3Server>) | undefined]>([
  ['a directory', undefined],
  ['MinIO', startMinio],
])('cleaning up jobs with files in %s', (_, startStore) => {
  let harness: Harness
  let server: S3Server | undefined
  beforeAll(async () => {
    server = await startStore?.()
    harness = await openHarness(server ? storageSettings(server, `janitor-${randomUUID()}`) : {})
  })
  afterAll(async () => {
    await harness.close()
    await server?.stop()
  })

  it('deletes what is over, once, and tells of it in the events', async () => {
    const done = await harness.request({ files: ['12345'] })
    await harness.complete(done, ['123'])
    const failed = await harness.request()
    await harness.fail(failed)
    const waiting = await harness.request()
    await harness.put(`default/${uuidv7()}/in/checked/file`, 'nobody')
    await harness.put('backup/of/somebody.else', 'not ours')
    const before = await harness.keys()

    const early = await harness.run(cleanupExpiredJobs)
    expect(early).toMatchObject({ expired: { jobs: 0 }, orphans: { folders: 0 }, unclaimed: { folders: 1 } })

    harness.later(7.01)
    const dry = await harness.run(cleanupExpiredJobs, { dryRun: true })
    expect(dry).toMatchObject({
      dryRun: true,
      expired: { jobs: 1, files: 2, bytes: 8, list: [{ jobId: done.jobId, files: 2, bytes: 8 }] },
      orphans: { folders: 1, files: 1, bytes: 6 },
    })
    expect(await harness.keys()).toEqual(before)

    const two = await Promise.all([harness.run(cleanupExpiredJobs), harness.run(cleanupExpiredJobs)])
    expect(two.map(({ expired }) => expired.jobs)).toContain(1)
    expect(await harness.keys()).toEqual(
      before.filter(
        (key) => key.includes(failed.jobId) || key.includes(waiting.jobId) || key.startsWith('backup/'),
      ),
    )
    expect((await harness.job(done)).expired).toMatchObject({ files: 2, bytes: 8 })
    const history = await Array.fromAsync(harness.store.history(`pdf.default.testing.echo.${done.jobId}`))
    expect(history.filter(({ subject }) => subject.endsWith('.expired'))).toHaveLength(1)

    harness.later(30.01)
    expect((await harness.run(cleanupExpiredJobs)).expired).toMatchObject({ jobs: 1, files: 1 })
    expect(await harness.keys()).toEqual(
      before.filter((key) => key.includes(waiting.jobId) || key.startsWith('backup/')),
    )
    expect(await harness.run(cleanupExpiredJobs)).toMatchObject({
      expired: { jobs: 0 },
      withoutFiles: { jobs: 0 },
    })
  })

  it('forgets old jobs of the system itself, and ends an erasure that was interrupted', async () => {
    const check = await harness.request({ tenant: 'system', files: [] })
    await harness.complete(check, [])
    const erased = await harness.request({ files: [] })
    await harness.complete(erased, [])
    await harness.act(erased, { type: 'Erase', by: 'test' })
    harness.later(8)
    expect(await harness.run(cleanupExpiredJobs)).toMatchObject({ forgotten: { jobs: 1 } })
    for (const { tenant, jobId } of [check, erased]) {
      const history = await Array.fromAsync(harness.store.history(`pdf.${tenant}.testing.echo.${jobId}`))
      expect(history.map(({ event }) => event.type)).toEqual(['pdfsmaller.job.erased.v1'])
    }
    expect(await harness.run(cleanupExpiredJobs)).toMatchObject({ forgotten: { jobs: 0 } })
  })

  it('ends what an interrupted cleanup began, and finds jobs whose files are gone', async () => {
    harness.later(0)
    const interrupted = await harness.request()
    await harness.complete(interrupted)
    await harness.act(interrupted, { type: 'Expire', files: 2, bytes: 5, reason: 'its time was over' })
    const robbed = await harness.request()
    await harness.objects.removePrefix(`default/${robbed.jobId}/`)
    expect(await harness.run(cleanupExpiredJobs)).toMatchObject({
      expired: { jobs: 0 },
      leftovers: { jobs: 1, files: 2 },
      withoutFiles: { jobs: 1, list: [robbed.jobId] },
    })
    expect((await harness.keys()).filter((key) => key.includes(interrupted.jobId))).toEqual([])
  })

  it('touches no file of a job that only a newer release can read', async () => {
    const address = { tenant: 'default', domain: 'testing', task: 'echo', jobId: uuidv7() }
    const newer = { type: 'pdfsmaller.job.requested.v2', data: { what: 'is not known here' } }
    const event = cloudEvent(newer, { id: 'newer', source: 'other', jobId: address.jobId, time: new Date() })
    await harness.put(`default/${address.jobId}/in/x.0/0-a.pdf`, 'kept')
    await harness.connection.request(`${jobStream(address)}.requested`, JSON.stringify(event))
    harness.later(100)
    expect(await harness.run(cleanupExpiredJobs)).toMatchObject({ orphans: { folders: 0 } })
    expect(await harness.keys()).toContain(`default/${address.jobId}/in/x.0/0-a.pdf`)
  })
})
