import { describe, expect, it } from 'vitest'
import { filesGoAt, isOverdue, retention, type Retained } from './retention.ts'

const now = new Date('2026-03-31T00:00:00.000Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()
const expired = { at: daysAgo(1), files: 1, bytes: 1, reason: 'retention' }

describe('the files of a job', () => {
  it.each<[string, Retained, boolean]>([
    ['completed 6.99 days ago stay', { status: 'completed', finishedAt: daysAgo(6.99) }, false],
    ['completed 7 days ago go', { status: 'completed', finishedAt: daysAgo(7) }, true],
    ['completed and gone already stay gone', { status: 'completed', finishedAt: daysAgo(9), expired }, false],
    ['failed 29.9 days ago stay', { status: 'failed', finishedAt: daysAgo(29.9) }, false],
    ['failed 30 days ago go', { status: 'failed', finishedAt: daysAgo(30) }, true],
    ['cancelled 29.9 days ago stay', { status: 'cancelled', finishedAt: daysAgo(29.9) }, false],
    ['cancelled 31 days ago go', { status: 'cancelled', finishedAt: daysAgo(31) }, true],
    ['of a running job stay, however old', { status: 'running' }, false],
    ['of a queued job stay', { status: 'queued' }, false],
    ['of a scheduled job stay', { status: 'scheduled' }, false],
    ['of a job that waits for its retry stay', { status: 'retrying' }, false],
  ])('%s', (_, job, overdue) => {
    expect(isOverdue(job, retention, now)).toBe(overdue)
  })

  it('go when the policy says, and have no such time before the outcome', () => {
    const job: Retained = { status: 'completed', finishedAt: '2026-03-01T12:00:00.000Z' }
    expect(filesGoAt(job, retention)?.toISOString()).toBe('2026-03-08T12:00:00.000Z')
    expect(filesGoAt(job, { ...retention, completedDays: 0 })?.toISOString()).toBe(job.finishedAt)
    expect(filesGoAt({ status: 'running' }, retention)).toBeUndefined()
  })
})
