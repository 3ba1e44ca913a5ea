import { promisify } from 'node:util'
import { constants, inflate } from 'node:zlib'
import { JobFailure } from '@pdf-smaller/contracts'
import { filtersIn, type PdfObjects, type PdfStream } from '@pdf-smaller/pdf'

const unpack = promisify(inflate)

/** What the contents of a page, or a font, may unpack to. */
const mostBytes = 64 * 2 ** 20

/** Gives the bytes of a stream. */
export type Read = (stream: PdfStream) => Promise<Buffer>

/**
 * The bytes of a stream without a filter or with Flate alone, as all are that qpdf has written anew; undefined for any
 * other, and for what is broken.
 * @throws JobFailure decompression_bomb
 */
export async function plain(stream: PdfStream, objects: PdfObjects, read: Read): Promise<Buffer | undefined> {
  const filters = filtersIn(stream.dictionary, objects)
  if (!filters) return undefined
  const raw = await read(stream)
  const [only, more] = filters
  if (!only) return raw
  if (more || only.name !== '/FlateDecode' || only.parameters['/Predictor'] !== undefined) return undefined
  try {
    return await unpack(raw, { maxOutputLength: mostBytes, finishFlush: constants.Z_SYNC_FLUSH })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw new JobFailure('decompression_bomb', `a stream unpacks to over ${mostBytes} bytes`)
    return undefined
  }
}
