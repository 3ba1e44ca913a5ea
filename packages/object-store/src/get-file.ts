import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { type ObjectStore, ObjectStoreError } from './port.ts'

/**
 * Brings an object into a new file and checks it against its SHA-256. Nothing is left after a failure.
 * An error of the file system tells that the file could not be written, and stays what it is.
 */
export function fileGetter(get: ObjectStore['get']): ObjectStore['getFile'] {
  return async (key, path, options) => {
    const { object, stream } = await get(key, options)
    const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
      stream.destroy()
      throw error
    })
    const hash = createHash('sha256')
    try {
      for await (const chunk of stream) {
        hash.update(chunk)
        await file.appendFile(chunk)
      }
      if (hash.digest('hex') !== object.sha256)
        throw new ObjectStoreError('corrupt', key, 'the stored bytes do not match their SHA-256')
      return object
    } catch (error) {
      await rm(path, { force: true })
      throw error
    } finally {
      await file.close()
    }
  }
}
