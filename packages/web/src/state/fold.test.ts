import type { JobFact } from '@pdf-smaller/contracts'
import {
  cancelled,
  completed,
  corrected,
  due,
  eventAt,
  expired,
  failed,
  jobAfter,
  jobId,
  requested,
  retryScheduled,
  started,
} from '@pdf-smaller/domain/testing/jobs'
import { expect, it } from 'vitest'
import { FeedEvent, type Told } from '../api/feed-event.ts'
import { ListedJob } from '../api/job.ts'
import { foldEvent, goneBehind } from './fold.ts'

const tellOf = (fact: JobFact, sequence: number): Told => ({
  sequence,
  event: FeedEvent.parse(eventAt(sequence, fact)),
})

const folded = (facts: JobFact[]) =>
  facts.reduce<ListedJob | undefined>((job, fact, index) => {
    const after = foldEvent(job, tellOf(fact, index + 1))
    return after === 'erased' ? undefined : after
  }, undefined)

/** What of the job's own fold lists show. */
const listedOf = (facts: JobFact[]) => ListedJob.parse(jobAfter(...facts))

const startAt = '2026-01-01T01:00:00.000Z'
const histories: [string, JobFact[]][] = [
  ['requested', [requested({ tag: 'march', batchId: jobId })]],
  ['scheduled', [requested({ startAt })]],
  ['started', [requested(), started()]],
  ['to be tried again', [requested(), started(), retryScheduled()]],
  ['due again', [requested(), started(), retryScheduled(), due(2)]],
  ['completed', [requested(), started(), completed()]],
  ['completed from an earlier one', [requested(), started(), completed({ reusedFrom: jobId })]],
  ['failed', [requested(), started(), failed()]],
  ['cancelled', [requested(), cancelled()]],
  ['expired', [requested(), started(), completed(), expired()]],
]

it.each(histories)('a job that is %s is what the service says of it', (_, facts) => {
  expect(folded(facts)).toEqual(listedOf(facts))
})

it('knows each event once, in whatever order events and answers come', () => {
  const facts = [requested(), started(), completed()]
  const done = listedOf(facts)
  for (const [index, fact] of facts.entries()) expect(foldEvent(done, tellOf(fact, index + 1))).toBe(done)
})

it('says nothing of a job whose request it has not seen, and forgets one that was erased', () => {
  expect(foldEvent(undefined, tellOf(completed(), 3))).toBeUndefined()
  const erased: JobFact = { type: 'pdfsmaller.job.erased.v1', data: { by: 'anonymous' } }
  expect(foldEvent(folded([requested()]), tellOf(erased, 2))).toBe('erased')
})

it('goes on with what it does not know, as of a newer release', () => {
  const job = folded([requested(), started()])
  expect(foldEvent(job, tellOf(corrected(1), 3))).toEqual({ ...job, revision: 3 })
})

it('shows how far the attempt is that runs, and no earlier one', () => {
  const job = folded([requested(), started({ attempt: 2 })])
  const tell = (attempt: number): Told => ({
    sequence: undefined,
    event: {
      type: 'pdfsmaller.job.progressed.v1',
      subject: jobId,
      time: startAt,
      data: { attempt, percentage: 40, stage: 'analysis', current: 2, total: 5, message: '' },
    },
  })
  expect(foldEvent(job, tell(1))).toBe(job)
  expect(foldEvent(job, tell(2))).toMatchObject({ progress: { percentage: 40 } })
  expect(foldEvent(folded([requested(), cancelled()]), tell(1))).not.toHaveProperty('progress.percentage')
})

it('knows which jobs were erased while nobody told of it, and leaves older ones that a page does not reach', () => {
  const at = (id: string, minute: number) => ({
    ...listedOf([requested()]),
    id,
    requestedAt: `2026-01-01T00:0${minute}:00.000Z`,
  })
  const [oldest, older, newer, newest] = [at('1', 1), at('2', 2), at('3', 3), at('4', 4)]
  const page = [newest, older]
  expect(goneBehind({ jobs: page, nextCursor: 'more' }, [newest, newer, older, oldest])).toEqual(['3'])
  expect(goneBehind({ jobs: page }, [newest, newer, older, oldest])).toEqual(['3', '1'])
  expect(goneBehind({ jobs: [] }, [newest])).toEqual(['4'])
})
