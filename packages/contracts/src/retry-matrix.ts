/**
 * The retry matrix: how often and after which wait a job is tried again, by the class of its failure.
 * `wait(n)` is the time in seconds before retry n (from 1); every wait is capped and jittered by the domain.
 */
export const retryMatrix = {
  DatabaseError: { retries: 3, wait: (n: number) => 30 * 2 ** (n - 1) },
  ServiceUnavailableError: { retries: 3, wait: (n: number) => 60 * 2 ** (n - 1) },
  ExternalServiceError: { retries: 2, wait: (n: number) => 120 * n },
  TimeoutError: { retries: 2, wait: (n: number) => 120 * n },
  ProcessingError: { retries: 3, wait: (n: number) => 60 * n },
  OutOfMemoryError: { retries: 1, wait: () => 60 },
  WorkerLostError: { retries: 4, wait: (n: number) => 15 * 2 ** (n - 1) },
  /** Our own bug, which another attempt would run into again. */
  DefectError: { retries: 0, wait: () => 0 },
  ValidationError: { retries: 0, wait: () => 0 },
  FileNotFoundError: { retries: 0, wait: () => 0 },
  PermissionError: { retries: 0, wait: () => 0 },
  UnsupportedFormatError: { retries: 0, wait: () => 0 },
} as const satisfies Record<string, { retries: number; wait: (n: number) => number }>

/** The longest wait before a retry, seconds; longer rows of the matrix are cut to it. */
export const longestWaitSeconds = 600

/** The part of a wait by which it is lengthened or shortened at random, so that failed jobs do not return in step. */
export const jitter = 0.1
