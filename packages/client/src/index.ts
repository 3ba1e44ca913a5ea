export type { OptionSchema, TaskDescription } from './answers.ts'
export {
  type Client,
  type ClientOptions,
  createClient,
  type SubmitOptions,
  type WaitOptions,
} from './client.ts'
export { ProblemError } from './problem.ts'
