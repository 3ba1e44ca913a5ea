import type { Forecast, JobStatus, JobView, StatusView, TaskState } from '@pdf-smaller/contracts'

const states: Record<JobStatus, TaskState> = {
  scheduled: 'pending',
  queued: 'pending',
  running: 'processing',
  retrying: 'retry',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
}

/** A job's status in the predecessor's shape. */
export function statusView(job: JobView, forecast?: Forecast): StatusView {
  const done = job.status === 'completed'
  const progress = job.progress ?? { percentage: 0, stage: job.status, current: 0, total: 0, message: '' }
  const { stage, current, total, message } = progress
  return {
    job_id: job.id,
    task_type: job.task,
    status: states[job.status],
    progress: {
      percentage: done ? 100 : progress.percentage,
      stage: done ? 'completed' : stage,
      current,
      total,
      message,
    },
    meta: {
      attempt: job.attempt,
      retries: job.retries,
      max_retries: job.limits.retries,
      next_attempt_at: job.nextAttemptAt ?? null,
      created_at: job.requestedAt,
      started_at: job.startedAt ?? null,
      completed_at: job.finishedAt ?? null,
      estimated_start_at: forecast?.startsAt ?? null,
      estimated_end_at: forecast?.endsAt ?? null,
      files_expired: job.expired !== undefined,
    },
    result: job.result ?? null,
    error: job.failure ?? null,
  }
}
