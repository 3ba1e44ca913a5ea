export type {
  Estimate,
  Failure,
  FailureCode,
  JobEvent,
  JobEventType,
  JobProgressed,
  JobStatus,
  ObjectRef,
  Progress,
} from '@pdf-smaller/contracts'
export type { Correction } from '@pdf-smaller/contracts/extraction'
export type {
  CorrectedExtraction,
  CorrectionLine,
  EventConsumer,
  JobAnswer,
  JobComparison,
  OpenedEventConsumer,
  Receipt,
  Redrive,
  SystemHealth,
} from '@pdf-smaller/contracts/http'
export type { Batch, History, TaskDescription, Upload, ValueSchema } from './answers.ts'
export type { Asked, FieldCorrection, RedriveOptions, ReplayOptions } from './client.ts'
export type { Consumers, NewConsumer } from './consumers.ts'
export type { ExportOptions } from './corrections.ts'
export type { DownloadOptions, ReadOptions } from './download.ts'
export type { EventsOptions } from './events.ts'
export type { News } from './follow.ts'
export type { ClientOptions } from './http.ts'
export type { JobFilter } from './list.ts'
export { ProblemError, unknownAnswer, UnreachableError } from './problem.ts'
export { project, type Projection } from './project/project.ts'
export { type EventSource, feedOf, type FeedOptions, PositionLostError } from './project/source.ts'
export { type Checkpoint, type CheckpointStore, type Kept, memoryCheckpoint } from './project/store.ts'
export type { Bytes, Source } from './sources.ts'
export type { Inputs, Keyed, SubmitOptions, UploadOptions } from './submit.ts'
export {
  type BatchOf,
  isJobOf,
  type JobOf,
  type OptionsOf,
  otherTask,
  type OtherTask,
  type ResultOf,
  type Task,
  type TaskName,
} from './tasks/tasks.ts'
export { isEnded, type WaitOptions } from './wait.ts'
export type { Delivery, NewWebhook, Webhook, WebhookGiven, Webhooks } from './webhooks.ts'
