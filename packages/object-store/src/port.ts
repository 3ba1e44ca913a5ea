import type { Readable } from 'node:stream'

/** A stored file as the store tells of it. */
export type StoredObject = {
  key: string
  size: number
  /** Computed by us on the way in; not every store checks one. */
  sha256: string
  contentType: string
  /** The user's own name of the file. */
  name: string
}

export type Source = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

export type PutOptions = {
  contentType: string
  name: string
  /** Refused with `size_mismatch` when the source gives another number of bytes. */
  size?: number | undefined
  /** Refused with `too_large` as soon as the source gives more. */
  maxBytes?: number | undefined
  /** A source that gives nothing for so long is given up. */
  stallMs?: number | undefined
  signal?: AbortSignal | undefined
}

/** Bytes of an object, both ends included. */
export type ByteRange = { start: number; end: number }

/** A multipart upload under way: what is needed to end it after a crash. */
export type MultipartUpload = { key: string; uploadId: string }

export type PresignedUpload = { url: string; fields: Record<string, string> }

/** Files under keys. A key is written once and never again. Every failure is an ObjectStoreError. */
export type ObjectStore = {
  /** Stores a stream; nothing of it is to be seen before it is whole, and nothing is left after a failure. */
  put: (
    key: string,
    source: Source,
    options: PutOptions & {
      /** Awaited before the object may become visible. */
      before?: Promise<unknown> | undefined
      /** Told when the store begins an upload that a crash could leave behind. */
      onMultipart?: ((upload: MultipartUpload) => Promise<unknown>) | undefined
    },
  ) => Promise<StoredObject>
  /** Stores a file of this machine. */
  putFile: (
    key: string,
    path: string,
    options: { contentType: string; name: string; signal?: AbortSignal | undefined },
  ) => Promise<StoredObject>
  /** A reader that takes nothing for 30 s loses its stream. */
  get: (
    key: string,
    options?: { range?: ByteRange | undefined; signal?: AbortSignal | undefined },
  ) => Promise<{ object: StoredObject; stream: Readable }>
  /** Brings an object into a new file, checked against its SHA-256. */
  getFile: (
    key: string,
    path: string,
    options?: { signal?: AbortSignal | undefined },
  ) => Promise<StoredObject>
  stat: (key: string) => Promise<StoredObject>
  copy: (from: string, to: string) => Promise<StoredObject>
  /** No error where there is nothing. */
  remove: (key: string) => Promise<void>
  removePrefix: (prefix: string) => Promise<{ objects: number; bytes: number }>
  list: (prefix: string) => AsyncIterable<StoredObject>
  /** Writes, reads and deletes a small object. */
  probe: () => Promise<void>
  /** Where a client may send a file directly; undefined where the store has no address of its own. */
  presignUpload?: (
    key: string,
    options: { maxBytes: number; contentType: string; expiresInSeconds: number },
  ) => Promise<PresignedUpload>
  /** Where a client may fetch a file directly; undefined where the store has no address of its own. */
  presignDownload?: (key: string, options: { fileName: string; expiresInSeconds: number }) => Promise<string>
  /** Ends uploads that a crash left behind. */
  abortUploads: (uploads: readonly MultipartUpload[]) => Promise<void>
  close: () => Promise<void>
}

export type ObjectStoreErrorKind =
  | 'missing'
  | 'exists'
  | 'full'
  | 'unavailable'
  | 'denied'
  | 'too_large'
  | 'size_mismatch'
  | 'stalled'
  | 'corrupt'
  | 'invalid_key'
  | 'invalid_range'
  | 'aborted'

/** Every failure of an object store; `kind` says what to do about it. */
export class ObjectStoreError extends Error {
  override readonly name = 'ObjectStoreError'
  readonly kind: ObjectStoreErrorKind
  readonly key: string

  constructor(kind: ObjectStoreErrorKind, key: string, message: string, options?: { cause?: unknown }) {
    super(`${message} (${key})`, options)
    this.kind = kind
    this.key = key
  }
}
