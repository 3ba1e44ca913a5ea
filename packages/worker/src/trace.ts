import { type JobAddress, type JobView, streams, workConsumer } from '@pdf-smaller/contracts'
import type { EngineUsage } from '@pdf-smaller/engines/context'
import {
  attributeNames as names,
  inSpan,
  ofJob,
  ofJobStream,
  openSpan,
  type OpenSpan,
  spanNames,
  tellSpan,
} from '@pdf-smaller/platform'

/** The message that an attempt is made for, as its event names itself and what it was stored in. */
export type Cause = { id: string; traceparent?: string | undefined }

/** What is told of an attempt to whoever follows traces. */
export type AttemptTrace = Pick<OpenSpan, 'within'> & {
  /** W3C trace context of the attempt: its events carry it. */
  traceparent: string | undefined
  /** Does one of its stages in a span of its own. */
  stage: <T>(name: string, work: () => Promise<T>) => Promise<T>
  /** Tells of a run of an engine that is over, as a part of the stage around. */
  engineEnded: (usage: EngineUsage) => void
  /** @param status of the job, or why the attempt does not count. @param code of its failure */
  concluded: (status: string, code: string | undefined) => void
  end: () => void
}

/** Beyond that the runs of an attempt are only counted: there may be one for each page. */
const mostEngineSpans = 200

/**
 * Opens the span of an attempt. The first is a part of the request's trace. What comes later, after a wait of any length, begins
 * a trace that is linked to the request and to what it comes of: traces are read, and kept, as something that ends.
 */
export function traceAttempt(
  address: JobAddress,
  job: Pick<JobView, 'traceparent'>,
  number: number,
  cause: Cause,
): AttemptTrace {
  const comesFrom =
    number === 1
      ? { parent: job.traceparent }
      : { links: [...new Set([job.traceparent, cause.traceparent])].filter((each) => each !== undefined) }
  const span = openSpan(spanNames.process(streams.jobs), {
    kind: 'consumer',
    ...comesFrom,
    attributes: { ...ofMessage(address, cause), ...ofJob(address), [names.attempt]: number },
  })
  let runs = 0
  return {
    within: span.within,
    traceparent: span.traceparent ?? job.traceparent,
    stage: (name, work) => span.within(() => inSpan(name, {}, work)),
    engineEnded: (usage) => {
      if (++runs <= mostEngineSpans) tellEngine(usage)
    },
    concluded: (status, code) => {
      span.set({ [names.outcome]: status, [names.engineRuns]: runs })
      if (code !== undefined) span.fail(code)
    },
    end: span.end,
  }
}

const ofMessage = ({ domain }: JobAddress, { id }: Cause) => ({
  ...ofJobStream,
  [names.operation]: 'process',
  [names.operationType]: 'process',
  [names.consumer]: workConsumer(domain).name,
  [names.messageId]: id,
})

function tellEngine({ engine, wallMs, peakBytes, exitCode, failed }: EngineUsage): void {
  const name = spanNames.engine(engine)
  const attributes = {
    [names.program]: name,
    ...(exitCode === undefined ? {} : { [names.exitCode]: exitCode }),
    [names.peakBytes]: peakBytes,
  }
  tellSpan({ name, tookMs: wallMs, attributes, failed })
}
