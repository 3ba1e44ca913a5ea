import { Readable } from 'node:stream'
import { errorOf, openObject } from './directory-format.ts'
import { fileGetter } from './get-file.ts'
import { type ObjectStore, ObjectStoreError } from './port.ts'
import { boundReader } from './reader.ts'

const readBytes = 256 * 1024

/** Reading from a directory store. */
export function directoryRead(
  pathOf: (key: string) => string,
  stallMs: number | undefined,
): Pick<ObjectStore, 'get' | 'getFile' | 'stat'> {
  const get: ObjectStore['get'] = async (key, { range, signal } = {}) => {
    const { file, object } = await openObject(key, pathOf(key))
    const { start, end } = range ?? { start: 0, end: object.size - 1 }
    if (range && (start > end || start >= object.size)) {
      await file.close()
      throw new ObjectStoreError('invalid_range', key, `the object has ${object.size} bytes`)
    }
    if (object.size === 0) {
      await file.close()
      return { object, stream: Readable.from([]) }
    }
    const last = Math.min(end, object.size - 1)
    const source = file.createReadStream({ start, end: last, highWaterMark: readBytes })
    return { object, stream: boundReader(key, source, errorOf, { stallMs, signal }) }
  }
  const stat: ObjectStore['stat'] = async (key) => {
    const { file, object } = await openObject(key, pathOf(key))
    await file.close()
    return object
  }
  return { get, getFile: fileGetter(get), stat }
}
