import type { IncomingHttpHeaders } from 'node:http'
import { ObjectStoreError, StoredObject } from './port.ts'

const sha256Header = 'x-amz-meta-sha256'
const nameHeader = 'x-amz-meta-name'
const writeHeader = 'x-amz-meta-write'

export type Described = Pick<StoredObject, 'contentType' | 'name'> & {
  /** Which call wrote it: tells our own object from another's after a lost answer. */
  write: string
  /** Known only at the end of a long upload; an object without it does not count as stored. */
  sha256?: string
}

/** What is told of an object, as headers; they are ASCII only, so the name is percent-encoded. */
export function headersOf({ contentType, name, write, sha256 }: Described): Record<string, string> {
  return {
    'content-type': contentType,
    [nameHeader]: encodeURIComponent(name.toWellFormed()),
    [writeHeader]: write,
    ...(sha256 === undefined ? {} : { [sha256Header]: sha256 }),
  }
}

/**
 * The object that the headers of an answer describe.
 * @throws ObjectStoreError missing when it was not stored by us, or not yet to the end
 */
export function objectOf(key: string, headers: IncomingHttpHeaders): StoredObject {
  const parsed = StoredObject.safeParse({
    key,
    size: contentLengthOf(headers),
    sha256: headers[sha256Header],
    contentType: headers['content-type'],
    name: decodedName(String(headers[nameHeader] ?? '')),
  })
  if (!parsed.success) throw new ObjectStoreError('missing', key, 'what is there was not stored to its end')
  return parsed.data
}

/** Of the whole object, also where only a range was asked for. */
function contentLengthOf(headers: IncomingHttpHeaders): number {
  const [, whole] = /\/(\d+)$/.exec(headers['content-range'] ?? '') ?? []
  return Number(whole ?? headers['content-length'])
}

function decodedName(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** Which call of ours wrote the object, whether or not it is stored to its end. */
export function writeOf(headers: IncomingHttpHeaders): string | undefined {
  const write = headers[writeHeader]
  return typeof write === 'string' ? write : undefined
}
