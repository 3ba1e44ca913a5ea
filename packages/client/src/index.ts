export type { Batch, History, TaskDescription, Upload, ValueSchema } from './answers.ts'
export {
  type Client,
  createClient,
  type FieldCorrection,
  type JobFilter,
  type ReplayOptions,
} from './client.ts'
export type { ExportOptions } from './corrections.ts'
export type { DownloadOptions } from './download.ts'
export type { ClientOptions } from './http.ts'
export { ProblemError, unknownAnswer, UnreachableError } from './problem.ts'
export type { Inputs, SubmitOptions } from './submit.ts'
export { isEnded, type WaitOptions } from './wait.ts'
