import { ObjectStoreError } from './port.ts'

const segment = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,254}$/

/**
 * Keys are paths of at most 1,024 ASCII characters: segments of letters, digits, `.`, `_` and `-`, none of them empty or
 * beginning with a dot. That is what every S3 store and every file system takes alike.
 * @throws ObjectStoreError invalid_key
 */
export function assertKey(key: string): void {
  if (key.length > 1024 || !key.split('/').every((part) => segment.test(part))) {
    throw new ObjectStoreError('invalid_key', key.slice(0, 100), 'the key is not well formed')
  }
}

/**
 * A prefix is a key with a slash behind it: it ends where a segment ends. The empty prefix is the whole store.
 * @throws ObjectStoreError invalid_key
 */
export function assertPrefix(prefix: string): void {
  if (prefix === '') return
  if (!prefix.endsWith('/')) {
    throw new ObjectStoreError('invalid_key', prefix.slice(0, 100), 'a prefix ends with a slash')
  }
  assertKey(prefix.slice(0, -1))
}

/**
 * What may be deleted at once: never the whole store.
 * @throws ObjectStoreError invalid_key
 */
export function assertDeletable(prefix: string): void {
  if (prefix === '') throw new ObjectStoreError('invalid_key', '', 'the whole store is not deleted at once')
  assertPrefix(prefix)
}
