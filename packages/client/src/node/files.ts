import { constants, createReadStream, createWriteStream, openAsBlob } from 'node:fs'
import { access, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Bytes, type HeldFile, namedBytes, type Source } from '../sources.ts'

/** A file to send: the path of one, or what every platform takes. */
export type NodeSource = Source | string

/**
 * Has a file read while it is sent. A stream, a pipe or a device is written to a temporary file first, so that it can be
 * sent again and need not fit into memory.
 * @throws the error of the file system, the reason of `signal`
 */
export async function holdFile(source: NodeSource, signal: AbortSignal | undefined): Promise<HeldFile> {
  if (typeof source === 'string') return holdPath(source, signal)
  const { content, name } = namedBytes(source)
  return content instanceof Blob ? { name, bytes: content } : { name, ...(await onDisk(content, signal)) }
}

async function holdPath(file: string, signal: AbortSignal | undefined): Promise<HeldFile> {
  const name = path.basename(file)
  if (!(await stat(file)).isFile()) return { name, ...(await onDisk(createReadStream(file), signal)) }
  // Of what may not be read, a Blob does not say why.
  await access(file, constants.R_OK)
  return { name, bytes: await openAsBlob(file) }
}

async function onDisk(content: Exclude<Bytes, Blob> | Readable, signal: AbortSignal | undefined) {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-'))
  const release = () => rm(folder, { recursive: true, force: true })
  try {
    const file = path.join(folder, 'stream')
    // A stream of the web that nobody fills any more is left at once only as one of Node.
    const from = content instanceof ReadableStream ? Readable.fromWeb(content) : content
    await pipeline(from, createWriteStream(file, { mode: 0o600 }), signal ? { signal } : {})
    return { bytes: await openAsBlob(file), release }
  } catch (error) {
    await release()
    signal?.throwIfAborted()
    throw error
  }
}
