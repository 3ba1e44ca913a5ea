import { boundToSpan } from '@pdf-smaller/platform'
import { type Attempt, mayKeep } from './attempt.ts'
import type { OutputStore } from './files.ts'
import { openFinishedParts } from './finished-parts.ts'
import type { Attendance } from './hosts/attend.ts'
import type { Telling } from './progress.ts'

/** What the worker does for a task, wherever it runs. */
export function attendanceOf(attempt: Attempt, store: OutputStore, telling: Telling): Attendance {
  const { worker, job, leash, log, measures, trace } = attempt
  return {
    log,
    progress: telling.progress,
    tellPages: (count) => {
      measures.pagesKnown(count)
      telling.pagesKnown(count)
    },
    publish: async (output) => {
      await mayKeep(attempt)
      await store.publish(output)
      telling.published(store.published())
    },
    parts: openFinishedParts(attempt),
    // It is another attempt that gives the core free, and so begins the work.
    core: (work) => worker.core(leash.signal, boundToSpan(work)),
    onExit: (usage) => {
      measures.engineEnded(usage)
      trace.engineEnded(usage)
    },
    answer: (question, gone) => {
      const signal = gone ? AbortSignal.any([leash.signal, gone]) : leash.signal
      return worker.answer({ question, tenant: job.tenant, jobId: job.id, signal, log })
    },
  }
}
