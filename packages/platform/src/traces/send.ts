import { streams, type JobAddress } from '@pdf-smaller/contracts'
import { attributeNames as names, spanNames } from './names.ts'
import { inSpan } from './spans.ts'

/** What a span tells of the stream of jobs, whoever writes or reads there. */
export const ofJobStream = {
  [names.system]: 'nats',
  [names.destination]: streams.jobs,
  [names.destinationTemplate]: 'pdf.{tenant}.{domain}.{task}.{jobId}.{phase}',
}

/** What a span tells of a job. */
export const ofJob = ({ tenant, task, jobId }: Pick<JobAddress, 'tenant' | 'task' | 'jobId'>) => ({
  [names.tenant]: tenant,
  [names.task]: task,
  [names.job]: jobId,
})

export type Sending = {
  /** Why they are stored; where it belongs to no trace, their storing begins none. */
  traceparent: string | undefined
  /** Jobs that the events are of. */
  of: readonly Pick<JobAddress, 'tenant' | 'task' | 'jobId'>[]
  /** What they come from without being its child. */
  links?: readonly string[]
}

/**
 * Stores events of jobs in a span of its own.
 * @param store is given the trace context that the events carry: whoever reads them goes on from there
 */
export async function sending<T>(
  { traceparent: parent, of, links = [] }: Sending,
  store: (traceparent: string | undefined) => Promise<T>,
): Promise<T> {
  if (parent === undefined) return store(undefined)
  const [first] = of
  const attributes = {
    ...ofJobStream,
    [names.operation]: 'send',
    [names.operationType]: 'send',
    ...(of.length === 1 && first ? ofJob(first) : { [names.messages]: of.length }),
  }
  return inSpan(spanNames.send(streams.jobs), { kind: 'producer', parent, links, attributes }, (span) =>
    store(span.traceparent ?? parent),
  )
}
