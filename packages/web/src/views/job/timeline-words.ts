import type { Fact } from '../../api/history.ts'
import { Failure } from '../../api/job.ts'
import { z } from '../../api/parts.ts'
import { failureText } from '../../texts/failure-words.ts'
import { formats, t } from '../../texts/index.ts'

const Started = z.object({ attempt: z.number(), worker: z.string() })
const Retried = z.object({ failure: Failure, nextAttemptAt: z.string() })
const Completed = z.object({ outputs: z.array(z.unknown()), reusedFrom: z.optional(z.string()) })
const Failed = z.object({ failure: Failure })
const By = z.object({ by: z.string() })
const Cancelled = z.object({ by: z.string(), reason: z.string() })
const Corrected = z.object({ by: z.string(), field: z.string() })
const Expired = z.object({ files: z.number(), bytes: z.number(), reason: z.string() })
const Requested = z.object({ requester: z.string(), startAt: z.optional(z.string()) })

/** What happened, and more of it where there is more to say. */
export type ToldFact = { what: string; more?: string }

/** An event of a job in words. What a newer release tells stands there by its name. */
export function toldFact({ type, data }: Fact): ToldFact {
  const { timeline } = t.value.job
  const { time, bytes } = formats.value
  const kind = type.replace(/^pdfsmaller\.job\./, '').replace(/\.v\d+$/, '')
  switch (kind) {
    case 'requested': {
      const told = Requested.safeParse(data).data
      const from = told && told.requester !== 'anonymous' ? { more: timeline.by(told.requester) } : {}
      return { what: told?.startAt ? timeline.scheduled(time(told.startAt)) : timeline.requested, ...from }
    }
    case 'started': {
      const told = Started.safeParse(data).data
      const what = timeline.started(told?.attempt ?? 1)
      return told ? { what, more: timeline.at(told.worker) } : { what }
    }
    case 'retry-scheduled': {
      const told = Retried.safeParse(data).data
      if (!told) return { what: kind }
      return { what: timeline.retries(time(told.nextAttemptAt)), more: failureText(told.failure) }
    }
    case 'completed': {
      const told = Completed.safeParse(data).data
      return { what: told?.reusedFrom ? timeline.reused : timeline.completed(told?.outputs.length ?? 0) }
    }
    case 'failed': {
      const told = Failed.safeParse(data).data
      return { what: timeline.failed, ...(told ? { more: failureText(told.failure) } : {}) }
    }
    case 'cancelled': {
      const told = Cancelled.safeParse(data).data
      return { what: timeline.cancelled, ...(told?.reason ? { more: told.reason } : {}) }
    }
    case 'corrected': {
      const told = Corrected.safeParse(data).data
      return { what: timeline.corrected, ...(told ? { more: told.field } : {}) }
    }
    case 'expired': {
      const told = Expired.safeParse(data).data
      if (!told) return { what: kind }
      return { what: timeline.expired(told.files, bytes(told.bytes)), more: told.reason }
    }
    case 'attempt-due':
      return { what: timeline.due }
    case 'erased': {
      const told = By.safeParse(data).data
      return { what: timeline.erased, ...(told ? { more: timeline.by(told.by) } : {}) }
    }
    default:
      return { what: kind }
  }
}
