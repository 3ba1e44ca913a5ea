import { batch, type Signal, signal } from '@preact/signals'
import { ask } from '../api/ask.ts'
import { openFeed } from '../api/feed.ts'
import type { Told } from '../api/feed-event.ts'
import { JobPage, type ListedJob, listedFields } from '../api/job.ts'
import { asTrouble, type Trouble } from '../api/trouble.ts'
import { foldEvent, goneBehind } from './fold.ts'

/** Each job is a signal of its own: what changes one draws one row. */
const known = new Map<string, Signal<ListedJob>>()

/** The ids of all jobs that are known here, the newest first. */
export const jobIds = signal<readonly string[]>([])
/** Rises when a job has come, gone or changed its state; what all rows follow from is then worked out again. */
export const jobsChanged = signal(0)
/** Whether events arrive. */
export const isLive = signal(true)
export const listTrouble = signal<Trouble | undefined>(undefined)
/** Whether the first page of jobs is there. */
export const isListed = signal(false)
/** What jobs are narrowed to by the service: their status, task and tag. */
export type Narrowed = Record<string, string>
/** Where the next page of older jobs begins, by what they are narrowed to; null where all are here. */
const cursors = new Map<string, string | null>()
const nameOf = (narrowed: Narrowed) => new URLSearchParams(narrowed).toString()
/** Rises with each page of older jobs. */
export const pagesRead = signal(0)
let isLoading = false

export const jobOf = (id: string): Signal<ListedJob> | undefined => known.get(id)

/** A job as it is now, without following it. */
export const jobNow = (id: string): ListedJob | undefined => known.get(id)?.peek()

const pageOf = (more: Record<string, string>) =>
  ask(`/api/jobs?${new URLSearchParams({ fields: listedFields, limit: '200', ...more })}`, JobPage)

/** Takes over what the service answers of a job. */
export function takeJob(job: ListedJob): void {
  batch(() => {
    put(job)
    sortIds()
    jobsChanged.value += 1
  })
}

export function dropJob(id: string): void {
  if (!known.delete(id)) return
  batch(() => {
    jobIds.value = jobIds.peek().filter((each) => each !== id)
    jobsChanged.value += 1
  })
}

/** Reads the newest jobs and those that wait or run. */
async function readNewest(): Promise<void> {
  const before = [...known.values()].map((job) => job.peek())
  try {
    const [newest, ...open] = await Promise.all([
      pageOf({}),
      ...['running', 'queued', 'retrying'].map((status) => pageOf({ status })),
    ])
    // Where the place in the events was lost, any number of jobs may have come behind those that are here.
    cursors.clear()
    cursors.set(nameOf({}), newest.nextCursor ?? null)
    for (const id of goneBehind(newest, before)) known.delete(id)
    takePage([...newest.jobs, ...open.flatMap(({ jobs }) => jobs)])
    isListed.value = true
    listTrouble.value = undefined
  } catch (error) {
    listTrouble.value = asTrouble(error)
  }
}

/** Whether there may be jobs that are not here yet. */
export const hasOlder = (narrowed: Narrowed): boolean =>
  cursors.get(nameOf({})) !== null && cursors.get(nameOf(narrowed)) !== null

/** Reads the next page of older jobs, where there is one. @param narrowed what they are looked for by */
export async function readOlder(narrowed: Narrowed): Promise<void> {
  if (isLoading || !hasOlder(narrowed)) return
  isLoading = true
  const cursor = cursors.get(nameOf(narrowed))
  try {
    const page = await pageOf({ ...narrowed, ...(cursor ? { cursor } : {}) })
    cursors.set(nameOf(narrowed), page.nextCursor ?? null)
    isLoading = false
    batch(() => {
      takePage(page.jobs)
      pagesRead.value += 1
    })
  } catch (error) {
    listTrouble.value = asTrouble(error)
  } finally {
    isLoading = false
  }
}

export const readAgain = readNewest

function takePage(jobs: readonly ListedJob[]): void {
  batch(() => {
    for (const job of jobs) put(job)
    sortIds()
    jobsChanged.value += 1
  })
}

/** Whichever knows more events of a job counts. @returns whether it is new here */
function put(job: ListedJob): void {
  const before = known.get(job.id)
  if (!before) known.set(job.id, signal(job))
  else if (job.revision >= before.peek().revision) before.value = job
}

/** Ids begin with the time of the request where no client has chosen them, so times decide, then ids. */
function sortIds(): void {
  const at = (id: string) => known.get(id)?.peek().requestedAt ?? ''
  jobIds.value = [...known.keys()].sort((one, other) => compare(at(other), at(one)) || compare(other, one))
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

let waiting: Told[] = []

/** Events are taken in once for each picture that the screen shows. */
function hear(told: Told): void {
  waiting.push(told)
  if (waiting.length === 1) requestAnimationFrame(takeIn)
}

function takeIn(): void {
  const events = waiting
  waiting = []
  batch(() => {
    let isChanged = false
    for (const told of events) isChanged = takeEvent(told) || isChanged
    if (isChanged) jobsChanged.value += 1
  })
}

/** @returns whether more than the row of the job follows from it */
function takeEvent(told: Told): boolean {
  const id = told.event.subject
  const before = known.get(id)
  const after = foldEvent(before?.peek(), told)
  if (after === undefined) return false
  if (after === 'erased') {
    dropJob(id)
    return true
  }
  if (!before) {
    known.set(id, signal(after))
    jobIds.value = [id, ...jobIds.peek()]
    return true
  }
  const isOther = before.peek().status !== after.status
  before.value = after
  return isOther
}

let unfollow: (() => void) | undefined

/** Knows jobs from now on: reads them, and follows what becomes of them. */
export function followJobs(): void {
  if (unfollow) return
  void readNewest()
  unfollow = openFeed({
    onEvent: hear,
    onLive: (live) => (isLive.value = live),
    onAnew: () => void readNewest(),
  })
}

/** Forgets all jobs and begins anew: another key may belong to somebody else. */
export function followAnew(): void {
  unfollow?.()
  unfollow = undefined
  known.clear()
  cursors.clear()
  batch(() => {
    isListed.value = false
    jobIds.value = []
    jobsChanged.value += 1
  })
  followJobs()
}
