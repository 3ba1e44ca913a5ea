/** What the command ends with; the numbers stay as they are. */
export const exitCodes = { done: 0, failed: 1, usage: 2, unreachable: 3, interrupted: 130 } as const

/** What the numbers mean, for help and the manual. */
export const exitMeanings: Record<keyof typeof exitCodes, string> = {
  done: 'done',
  failed: 'a job failed, or the service refused',
  usage: 'the command line is not understood, or a file is missing or in the way',
  unreachable: 'no service can be reached or started',
  interrupted: 'interrupted; jobs that nobody waits for any more are cancelled',
}

/** Thrown for a command line that is not understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Thrown when no service can be used: none answers, and none could be started. */
export class NoServiceError extends Error {
  override readonly name = 'NoServiceError'
}
