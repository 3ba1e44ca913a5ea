import {
  cloudEvent,
  type JobAddress,
  type JobProgressed,
  type ObjectRef,
  type Progress,
  progressSubject,
} from '@pdf-smaller/contracts'
import type { openProgress } from '@pdf-smaller/task'
import { uuidv7 } from 'uuidv7'

/** Tells each step with the pages and the outputs that are known so far, and tells the last one again when there is more. */
export function fullProgress(
  progressOf: ReturnType<typeof openProgress>,
  tell: (progress: Progress) => void,
): {
  progress: (...step: Parameters<typeof progressOf>) => void
  onPages: (count: number) => void
  onPublished: (outputs: ObjectRef[]) => void
} {
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
    onPages: (count) => {
      known.pages = count
      tellLast()
    },
    onPublished: (outputs) => {
      known.outputs = outputs
      tellLast()
    },
  }
}

/** Quick jobs end before anybody could look; they tell no progress. */
const quietMs = 150
const intervalMs = 200

/**
 * Sends progress at most five times a second, and not in the first moments of an attempt; the newest is never lost:
 * what was held back is sent when the interval ends.
 */
export function throttled(send: (progress: Progress) => void): {
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
export function progressPublisher(
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
