import type { Readable } from 'node:stream'
import { z } from 'zod'

/** A stored file as the store tells of it. */
export const StoredObject = z.object({
  key: z.string(),
  /** Bytes. */
  size: z.number().int().nonnegative(),
  /** Hexadecimal; computed by us on the way in, for not every store checks one. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  contentType: z.string(),
  /** The user's own name of the file. */
  name: z.string(),
})
export type StoredObject = z.infer<typeof StoredObject>

/** What a listing tells of each object. */
export type ListedObject = { key: string; size: number; storedAt: Date }

/** Chunks must not change after they were given: several may be held until they are written at once. */
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

/** A form to be posted as multipart/form-data: these fields first, then the file as `file`. */
export type PresignedUpload = { url: string; method: 'POST'; fields: Record<string, string> }

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
  list: (prefix: string) => AsyncIterable<ListedObject>
  /** Writes, reads and deletes a small object. */
  probe: () => Promise<void>
  /**
   * Where a client may send a file directly; undefined where the store has no address of its own.
   * The key must be one of the upload's own: until the form expires, its holder can send again.
   */
  presignUpload?: (
    key: string,
    options: { maxBytes: number; contentType: string; expiresInSeconds: number },
  ) => Promise<PresignedUpload>
  /**
   * Takes over a file that was sent directly: copies it where nobody else can write, reads it once for its SHA-256, and
   * removes what was sent. Nothing is at `to` before all of that is done.
   * @param options.typeOf gives the content type from the first `headBytes` of it, or throws where such a file is not taken
   * @throws ObjectStoreError missing when nothing was sent; what `typeOf` throws, and then nothing is at `to`
   */
  confirmUpload?: (
    from: string,
    to: string,
    options: {
      headBytes: number
      typeOf: (head: Buffer) => string
      name: string
      signal?: AbortSignal | undefined
    },
  ) => Promise<StoredObject>
  /** Where a client may fetch a file directly; undefined where the store has no address of its own. */
  presignDownload?: (key: string, options: { fileName: string; expiresInSeconds: number }) => Promise<string>
  /** Ends uploads that a crash left behind; no error for one that has already ended. */
  abortUploads: (uploads: readonly MultipartUpload[]) => Promise<void>
  /** Removes what crashed writers left in the store's own temporary folder; undefined where it has none. */
  sweepTemporary?: (olderThanMs: number) => Promise<{ files: number; bytes: number }>
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
