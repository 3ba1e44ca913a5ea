import {
  isJobEvent,
  jobAddress,
  type JobEvent,
  type JobEventType,
  type StoredEvent,
} from '@pdf-smaller/contracts'
import type { Recorded } from '@pdf-smaller/eventstore'

type Place = { sequence: number; tenant: string; task: string }

/** An event of the stream as feeds look at it. */
export type Item = Place &
  (
    | { kind: 'event'; event: JobEvent; tag: string | undefined }
    /** Only a newer release can read it. */
    | { kind: 'newer'; type: string; unknown: string }
  )

/** What is told of a stored event; undefined for what belongs to no job. @param tagOf the tag of a job that is known */
export function itemOf(
  { sequence, subject, event }: Recorded<StoredEvent>,
  tagOf: (jobId: string) => string | undefined,
): Item | undefined {
  const address = jobAddress(subject)
  if (!address) return undefined
  const place = { sequence, tenant: address.tenant, task: address.task }
  if (event.type === 'newer') {
    const { unknown } = event
    return { ...place, kind: 'newer', type: unknown.split(':', 1)[0] ?? '', unknown }
  }
  if (!isJobEvent(event)) return undefined
  const tag = event.type === 'pdfsmaller.job.requested.v1' ? event.data.tag : tagOf(event.subject)
  return { ...place, kind: 'event', event, tag }
}

/** What a feed is narrowed to. */
export type FeedFilter = {
  /** `*` is all. */
  tenant: string
  task?: string | undefined
  types?: readonly JobEventType[] | undefined
  tag?: string | undefined
}

/** The subjects that may hold what passes. */
export function subjectsOf({ tenant, task = '*' }: FeedFilter): string {
  return `pdf.${tenant}.*.${task}.>`
}

/** Whether a job is one of those that are followed; an erased job has no tag any more. */
export function isFollowed(
  filter: FeedFilter,
  job: { tenant: string; task: string; tag?: string | undefined },
): boolean {
  if (filter.tenant !== '*' && filter.tenant !== job.tenant) return false
  if (filter.task !== undefined && filter.task !== job.task) return false
  return filter.tag === undefined || filter.tag === job.tag
}

export function passes(filter: FeedFilter, item: Item): boolean {
  const type = item.kind === 'newer' ? item.type : item.event.type
  if (filter.types && !filter.types.some((each) => each === type)) return false
  // Its tag is not known here, or gone with the job.
  const anyTag = item.kind === 'newer' || type === 'pdfsmaller.job.erased.v1'
  return isFollowed(anyTag ? { ...filter, tag: undefined } : filter, { tag: undefined, ...item })
}
