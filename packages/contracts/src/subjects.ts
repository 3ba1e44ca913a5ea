import { JobId, Tenant, Token } from './ids.ts'

/** Where a job's events stand: `pdf.<tenant>.<domain>.<task>.<jobId>.<phase>`. */
export type JobAddress = { tenant: string; domain: string; task: string; jobId: string }

/** The last token of an event's subject. */
export const phases = [
  'requested',
  'started',
  'retry',
  'due',
  'outcome',
  'corrected',
  'expired',
  'erased',
] as const
export type Phase = (typeof phases)[number]

/** The prefix of all events of one job: its stream in the event store. */
export function jobStream({ tenant, domain, task, jobId }: JobAddress): string {
  return `pdf.${tenant}.${domain}.${task}.${jobId}`
}

/** Matches a job's events where its task is not known; for reading and for expectations, never to write to. */
export function jobAnywhere(tenant: string, jobId: string): JobAddress {
  return { tenant, domain: '*', task: '*', jobId }
}

/** Where a job's wait stands as a scheduled message; its due event is published when the time has come. */
export function waitSchedule({ tenant, domain, task, jobId }: JobAddress): string {
  return `due.${tenant}.${domain}.${task}.${jobId}`
}

/** Where a job that only a newer release can work on waits for a worker of that; beside its own wait, which stays. */
export function parkedSchedule({ tenant, domain, task, jobId }: JobAddress): string {
  return `due.parked.${tenant}.${domain}.${task}.${jobId}`
}

/** The address in the subject of any of a job's events, progress included; undefined for other subjects. */
export function jobAddress(subject: string): JobAddress | undefined {
  const [root, tenant, domain, task, jobId] = subject.split('.')
  if (root !== 'pdf' && root !== 'progress') return undefined
  const wellFormed =
    Tenant.safeParse(tenant).success &&
    Token.safeParse(domain).success &&
    Token.safeParse(task).success &&
    JobId.safeParse(jobId).success
  if (!wellFormed || !tenant || !domain || !task || !jobId) return undefined
  return { tenant, domain, task, jobId }
}

/** Progress has a root of its own, because a subject belongs to one stream only. */
export function progressSubject({ tenant, domain, task, jobId }: JobAddress): string {
  return `progress.${tenant}.${domain}.${task}.${jobId}`
}

/** Where the newest job stands that got a certain result; `key` is the hash of what it was made from. */
export function resultSubject(tenant: string, key: string): string {
  return `results.${tenant}.${key}`
}

/** What a tenant has spent on language models in a month, `2025-01`. */
export function spendingSubject(tenant: string, month: string): string {
  return `spending.${tenant}.${month}`
}

/** What a domain's workers consume: new jobs, and jobs whose wait is over. */
export function workSubjects(domain: string): string[] {
  return [`pdf.*.${domain}.*.*.requested`, `pdf.*.${domain}.*.*.due`]
}

/** Where the stored outcomes of a domain's jobs are republished at once: the cancellations are among them. */
export function liveOutcomes(domain: string): string {
  return `live.pdf.*.${domain}.*.*.outcome`
}

/**
 * The dead man's switch of files that wait for their job's event: scheduled before the first byte is stored,
 * cancelled by the append that requests the job. Fired, it tells that the files belong to nobody.
 */
export function abandonedUpload(tenant: string, jobId: string): { schedule: string; target: string } {
  return { schedule: `due.upload.${tenant}.${jobId}`, target: `tick.upload.${tenant}.${jobId}` }
}

/** Where the schedule of a periodic task stands, and where its ticks are published. */
export function maintenanceSchedule(task: string): { schedule: string; target: string } {
  return { schedule: `cron.${task}`, target: `tick.maintenance.${task}` }
}

/** Where a worker is asked whether it works on a message; nobody answers there once its process has ended. */
export function signOfLifeSubject(domain: string, worker: string): string {
  return `alive.${domain}.${worker.replaceAll(/[^A-Za-z0-9_-]/g, '-')}`
}

/** Where a process tells that one of its services runs; names of processes may hold anything. */
export function presenceSubject(service: string, name: string): string {
  return `presence.${service}.${name.replaceAll(/[^A-Za-z0-9_-]/g, '-')}`
}

/** Where it is told that an endpoint of a tenant is told nothing any more. */
export function webhookDisabledStream(tenant: string, endpoint: string): string {
  return `pdf.${tenant}.webhooks.endpoint.${endpoint}`
}
