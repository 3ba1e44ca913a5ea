import { retention } from '@pdf-smaller/domain'
import { describe, expect, it } from 'vitest'
import type { LoggedJob } from '../../stock/logged-jobs.ts'
import type { StoredFolder } from '../../stock/stored-folders.ts'
import { planCleanup, type Plan, type Stock } from './plan.ts'

const now = new Date('2026-03-31T00:00:00.000Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
const id = '0198f0a0-1111-7000-8000-000000000001'
const policy = { ...retention, orphanMs: 86_400_000 }

function job(over: Partial<LoggedJob> = {}): LoggedJob {
  const address = { tenant: 'default', domain: 'compression', task: 'compress', jobId: id }
  const finishedAt = daysAgo(8).toISOString()
  return {
    address,
    requestedAt: daysAgo(9).toISOString(),
    files: 2,
    status: 'completed',
    finishedAt,
    ...over,
  }
}

function ofSystem(daysOld: number): LoggedJob {
  const address = { tenant: 'system', domain: 'janitor', task: 'health-check', jobId: id }
  return job({ address, files: 0, finishedAt: daysAgo(daysOld).toISOString() })
}

function folder(newestAt = daysAgo(8)): StoredFolder {
  return { tenant: 'default', id, prefix: `default/${id}/`, files: 2, bytes: 14, newestAt }
}

type Counts = Record<keyof Plan, number>
type Row = [string, LoggedJob | undefined, StoredFolder | undefined, Partial<Counts>, Partial<Stock>?]
const nothing: Counts = {
  expire: 0,
  forget: 0,
  purge: 0,
  leftovers: 0,
  orphans: 0,
  unclaimed: 0,
  withoutFiles: 0,
}

describe('a cleanup', () => {
  it.each<Row>([
    ['deletes the files of an old job', job(), folder(), { expire: 1 }],
    ['leaves a young job alone', job({ finishedAt: daysAgo(6).toISOString() }), folder(), {}],
    ['leaves a running job alone', job({ status: 'queued', finishedAt: undefined }), folder(), {}],
    ['forgets an old job of the system itself', ofSystem(8), undefined, { forget: 1 }],
    ['remembers a young job of the system itself', ofSystem(6), undefined, {}],
    ['has nothing to do for a job without files', job({ files: 0 }), undefined, {}],
    [
      'expires an old job whose files are gone, and tells of it',
      job(),
      undefined,
      { expire: 1, withoutFiles: 1 },
    ],
    ['leaves an expired job alone', job({ expired: true }), undefined, {}],
    ['ends what an interrupted cleanup began', job({ expired: true }), folder(), { leftovers: 1 }],
    [
      'tells of a young job whose files are gone',
      job({ finishedAt: daysAgo(1).toISOString() }),
      undefined,
      { withoutFiles: 1 },
    ],
    [
      'does not miss the files of a job that was requested after they were listed',
      job({ status: 'queued', requestedAt: now.toISOString() }),
      undefined,
      {},
    ],
    ['deletes old files without a job', undefined, folder(daysAgo(1.01)), { orphans: 1 }],
    ['leaves young files without a job alone', undefined, folder(daysAgo(0.99)), { unclaimed: 1 }],
    [
      'leaves files alone that are older than the stream of events',
      undefined,
      folder(daysAgo(8)),
      { unclaimed: 1 },
      { eventsSince: daysAgo(2) },
    ],
    ...[job(), job({ expired: true }), undefined].map((known): Row => [
      `touches nothing of a job that a newer release wrote to (${JSON.stringify(known?.expired ?? known?.status)})`,
      known,
      folder(daysAgo(2)),
      {},
      { unreadable: new Set([id]) },
    ]),
  ])('%s', (_, logged, stored, counts, over = {}) => {
    const plan = planCleanup(
      {
        jobs: new Map(logged ? [[id, logged]] : []),
        unpurged: [],
        unreadable: new Set(),
        folders: new Map(stored ? [[id, stored]] : []),
        listedAt: now,
        eventsSince: daysAgo(400),
        ...over,
      },
      policy,
      now,
    )
    const counted = Object.fromEntries(Object.entries(plan).map(([name, list]) => [name, list.length]))
    expect(counted).toEqual({ ...nothing, ...counts })
  })
})
