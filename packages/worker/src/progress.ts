import {
  cloudEvent,
  type JobAddress,
  type JobProgressed,
  type ObjectRef,
  type Progress,
  progressSubject,
} from '@pdf-smaller/contracts'
import { openProgress, type Stage, type TaskContext } from '@pdf-smaller/task'
import { uuidv7 } from 'uuidv7'
import type { Attempt } from './attempt.ts'

/** Tells whoever follows a job how far an attempt is. */
export type Telling = Pick<TaskContext<unknown>, 'progress'> & {
  pagesKnown: (count: number) => void
  /** @param outputs all that were stored while the task goes on */
  published: (outputs: ObjectRef[]) => void
  /** From now on nothing is told. */
  end: () => void
}

/** Tells each step with the pages and the outputs that are known so far, and tells the last one again when there is more. */
export function openTelling(
  { worker, address, job, number, trace }: Attempt,
  stages: readonly Stage[],
): Telling {
  const { correlationId } = job
  const { traceparent } = trace
  const around = { source: worker.source, correlationId, traceparent }
  const { tell, end } = throttled(progressPublisher(worker.publish, address, around))
  const progressOf = openProgress(stages, number)
  let last: Progress | undefined
  const known: Pick<Progress, 'pages' | 'outputs'> = {}
  const tellLast = () => {
    if (last) tell({ ...last, ...known })
  }
  return {
    progress: (...step) => {
      last = progressOf(...step)
      tellLast()
    },
    pagesKnown: (count) => {
      known.pages = count
      tellLast()
    },
    published: (outputs) => {
      known.outputs = outputs
      tellLast()
    },
    end,
  }
}

/** Quick jobs end before anybody could look; they tell no progress. */
const quietMs = 150
const intervalMs = 200

/**
 * Sends progress at most five times a second, and not in the first moments of an attempt; the newest is never lost:
 * what was held back is sent when the interval ends.
 */
function throttled(send: (progress: Progress) => void): {
  tell: (progress: Progress) => void
  end: () => void
} {
  let held: Progress | undefined
  let timer: NodeJS.Timeout | undefined = setTimeout(flush, quietMs)
  function flush() {
    timer = undefined
    if (!held) return
    send(held)
    held = undefined
    timer = setTimeout(flush, intervalMs)
  }
  return {
    tell: (progress) => {
      held = progress
      if (!timer) flush()
    },
    end: () => {
      clearTimeout(timer)
      timer = undefined
    },
  }
}

/** Publishes an attempt's progress; a lost one is followed by the next, so nobody waits for an answer. */
function progressPublisher(
  publish: (subject: string, payload: string) => void,
  address: JobAddress,
  around: { source: string; correlationId: string; traceparent?: string | undefined },
): (progress: Progress) => void {
  return (data) => {
    const fact = { type: 'pdfsmaller.job.progressed.v1' as const, data }
    const event: JobProgressed = cloudEvent(fact, {
      ...around,
      id: uuidv7(),
      jobId: address.jobId,
      time: new Date(),
    })
    publish(progressSubject(address), JSON.stringify(event))
  }
}
