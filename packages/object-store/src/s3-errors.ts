import { ObjectStoreError, type ObjectStoreErrorKind } from './port.ts'

/** What an S3 store answered in place of what it was asked for. */
export class S3Refusal extends Error {
  override readonly name = 'S3Refusal'
  readonly status: number
  /** The store's own code, such as NoSuchKey; empty where it gave none. */
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }

  /** From the body, `<Error><Code>…</Code><Message>…</Message></Error>`, or from a header where there is no body (HEAD). */
  static read(status: number, body: string, headerCode = ''): S3Refusal {
    const code = /<Code>([^<]*)<\/Code>/.exec(body)?.[1] ?? headerCode
    const message = /<Message>([^<]*)<\/Message>/.exec(body)?.[1] ?? ''
    return new S3Refusal(
      status,
      code,
      [`the store answered ${status}`, code, message].filter(Boolean).join(', '),
    )
  }

  /** Whether the same request may do a moment later. */
  get isBusy(): boolean {
    return [429, 500, 502, 503, 504].includes(this.status)
  }
}

const kindOfCode: Record<string, ObjectStoreErrorKind> = {
  PreconditionFailed: 'exists',
  InvalidRange: 'invalid_range',
  EntityTooLarge: 'too_large',
  XMinioStorageFull: 'full',
  QuotaExceeded: 'full',
  XMinioAdminBucketQuotaExceeded: 'full',
  BadDigest: 'corrupt',
  XAmzContentSHA256Mismatch: 'corrupt',
  NoSuchBucket: 'unavailable',
}

const kindOfStatus: Record<number, ObjectStoreErrorKind> = {
  401: 'denied',
  403: 'denied',
  404: 'missing',
  412: 'exists',
  413: 'too_large',
  416: 'invalid_range',
  507: 'full',
}

/** An error of the connection or an answer of the store as one of our own. */
export function s3ErrorOf(error: unknown, key: string): ObjectStoreError {
  if (error instanceof ObjectStoreError) return error
  const message = error instanceof Error ? error.message || error.name : String(error)
  return new ObjectStoreError(kindOf(error), key, message, { cause: error })
}

function kindOf(error: unknown): ObjectStoreErrorKind {
  if (!(error instanceof S3Refusal)) return 'unavailable'
  // Before its own limit takes effect, MinIO passes on what its disk says.
  if (error.message.includes('no space left on device')) return 'full'
  return kindOfCode[error.code] ?? kindOfStatus[error.status] ?? 'unavailable'
}

/** Work at the store whose failures are told as our own. */
export async function toldByS3<T>(key: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw s3ErrorOf(error, key)
  }
}
