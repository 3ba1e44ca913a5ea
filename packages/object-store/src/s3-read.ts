import { throwIfAborted } from './guard.ts'
import { fileGetter } from './get-file.ts'
import { assertKey } from './key.ts'
import type { ObjectStore } from './port.ts'
import { boundReader } from './reader.ts'
import type { S3Connection } from './s3-connection.ts'
import { s3ErrorOf, toldByS3 } from './s3-errors.ts'
import { objectOf } from './s3-metadata.ts'
import { headOf } from './s3-objects.ts'

/** Reading from an S3 store. */
export function s3Read(
  connection: S3Connection,
  stallMs: number | undefined,
): Pick<ObjectStore, 'get' | 'getFile' | 'stat'> {
  const get: ObjectStore['get'] = async (key, { range, signal } = {}) => {
    assertKey(key)
    throwIfAborted(key, signal)
    const headers = range ? { range: `bytes=${range.start}-${range.end}` } : {}
    const answer = await toldByS3(key, connection.send({ method: 'GET', key, headers }))
    try {
      const object = objectOf(key, answer.headers)
      return { object, stream: boundReader(key, answer, s3ErrorOf, { stallMs, signal }) }
    } catch (error) {
      answer.destroy()
      throw error
    }
  }
  const stat: ObjectStore['stat'] = async (key) => {
    assertKey(key)
    return objectOf(key, await headOf(connection, key))
  }
  return { get, getFile: fileGetter(get), stat }
}
