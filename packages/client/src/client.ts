import type { Estimate, FailureCode, ObjectRef, StatusView } from '@pdf-smaller/contracts'
import type { Correction } from '@pdf-smaller/contracts/extraction'
import type {
  CorrectedExtraction,
  CorrectionLine,
  Erasure,
  JobAnswer,
  JobComparison,
  Receipt,
  Redrive,
  StreamToken,
  SystemHealth,
} from '@pdf-smaller/contracts/http'
import type { History, TaskDescription, Upload } from './answers.ts'
import type { Consumers } from './consumers.ts'
import type { ExportOptions } from './corrections.ts'
import type { DownloadOptions, ReadOptions } from './download.ts'
import type { EventsOptions } from './events.ts'
import type { News } from './follow.ts'
import type { JobFilter } from './list.ts'
import type { Source } from './sources.ts'
import type { Inputs, Keyed, SubmitOptions, UploadOptions } from './submit.ts'
import type { BatchOf, JobOf, Task } from './tasks/tasks.ts'
import type { WaitOptions } from './wait.ts'
import type { Webhooks } from './webhooks.ts'

/** What ends a request before its answer. */
export type Asked = { signal?: AbortSignal | undefined }

/** What of a job is to be another when it is run once more. */
export type ReplayOptions = Keyed & {
  engine?: string | undefined
  /** Null takes the configured one. */
  model?: string | null | undefined
  /** Null takes the default of an option. */
  options?: Record<string, unknown>
  tag?: string | undefined
}

/** What a field of an extraction should be. */
export type FieldCorrection = {
  /** From 0, which it is where it is left out. */
  document?: number | undefined
  /** `invoice.totals.gross` */
  field: string
  /** Null where the document does not have the field. */
  value: Correction['value']
  note?: string | undefined
}

/** Which failed jobs are run again, and whether they are. */
export type RedriveOptions = Omit<JobFilter, 'status' | 'replayOf' | 'pageSize'> &
  Asked & {
    /** Only jobs that failed with this code. */
    code?: FailureCode | undefined
    /** The most jobs of one request, the newest first. */
    limit?: number | undefined
    /** `nextCursor` of the answer before. */
    cursor?: string | undefined
    /** Only tells what would be run again, which it does unless this is false. */
    dryRun?: boolean | undefined
  }

/**
 * The HTTP API. Every method throws ProblemError for what the service refuses, UnreachableError when it does not
 * answer, and the reason of its signal when that aborts.
 * @template Given what it takes as a file
 * @template Target what it writes outputs to
 */
export type Client<Given = Source, Target = WritableStream<Uint8Array>> = {
  tasks: (asked?: Asked) => Promise<TaskDescription[]>
  /** What each level of compression would make of a file; no job is made. */
  estimate: (file: Given, asked?: Asked) => Promise<Estimate>
  /** Requests one job on all the inputs; sent again under one key until an answer has come. */
  submit: <T extends Task>(task: T, inputs: Inputs<Given>, options?: SubmitOptions<T>) => Promise<JobOf<T>>
  /** Requests a job for each file: all of them or none. */
  submitBatch: <T extends Task>(
    task: T,
    files: Inputs<Given>,
    options?: SubmitOptions<T>,
  ) => Promise<BatchOf<T>>
  /** Sends a file apart from its jobs. */
  upload: (file: Given, options?: UploadOptions) => Promise<Upload>
  get: (jobId: string, asked?: Asked) => Promise<JobAnswer>
  /** The status in the shape of the predecessor's API. */
  status: (jobId: string, asked?: Asked) => Promise<StatusView>
  /** Jobs, the newest first, page by page. */
  list: (filter?: JobFilter & Asked) => AsyncGenerator<JobAnswer>
  /** Resolves with the job when it has ended, whatever its outcome. */
  wait: (jobId: string, options?: WaitOptions) => Promise<JobAnswer>
  history: (jobId: string, asked?: Asked) => Promise<History>
  /** All events of the tenant as they happen, over any number of connections, each once and in order. */
  events: (options?: EventsOptions) => AsyncGenerator<News, void, undefined>
  /** A token that opens streams of events for a while, for pages without a key. */
  streamToken: (options?: Asked & { seconds?: number; tenant?: string }) => Promise<StreamToken>
  cancel: (jobId: string, reason?: string, asked?: Asked) => Promise<JobAnswer>
  /** Runs an ended job again, as a new job. */
  retry: (jobId: string, options?: Keyed) => Promise<JobAnswer>
  /** Runs an ended job once more in another way, as a new job. */
  replay: (jobId: string, given?: ReplayOptions) => Promise<JobAnswer>
  /** Runs failed jobs again, each as a new job; unless `dryRun` is false, only tells which. */
  redrive: (options?: RedriveOptions) => Promise<Redrive>
  /** Deletes the files of an ended job, and with `record` the job itself. */
  delete: (jobId: string, options?: Asked & { record?: boolean }) => Promise<Erasure>
  /** What an ended job did, with the hashes of all files. */
  receipt: (jobId: string, asked?: Asked) => Promise<Receipt>
  /** How a job has read its document, compared with the job that it replays or with another one. */
  comparison: (jobId: string, options?: Asked & { with?: string | undefined }) => Promise<JobComparison>
  /** What a job has extracted, its corrections beside the fields. */
  extraction: (jobId: string, asked?: Asked) => Promise<CorrectedExtraction>
  /** Says what a field should be. */
  correct: (jobId: string, correction: FieldCorrection, asked?: Asked) => Promise<Correction>
  /** All corrections of a job, the oldest first. */
  corrections: (jobId: string, asked?: Asked) => Promise<Correction[]>
  /** The corrections of all jobs, as tests for whoever has the files. */
  exportCorrections: (options?: ExportOptions) => AsyncGenerator<CorrectionLine>
  /** Writes an output of a job to where it is to go: whole and checked, or not at all. @returns which output it was */
  download: (jobId: string, to: Target, options?: DownloadOptions) => Promise<ObjectRef>
  /** An output of a job as it arrives; throws behind the last byte when it is not what the job has made. */
  read: (jobId: string, options?: ReadOptions) => AsyncGenerator<Uint8Array, void, undefined>
  /** An output of a job in memory. */
  blob: (jobId: string, options?: ReadOptions) => Promise<File>
  consumers: Consumers
  webhooks: Webhooks
  /** How the whole system is; for keys with the scope `admin`. */
  health: (asked?: Asked) => Promise<SystemHealth>
}
