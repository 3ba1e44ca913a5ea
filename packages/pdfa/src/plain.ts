import { promisify } from 'node:util'
import { constants, inflate } from 'node:zlib'
import { JobFailure } from '@pdf-smaller/contracts'
import type { PdfObjects, PdfStream } from '@pdf-smaller/pdf'

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
  const given = objects.resolve(stream.dictionary['/Filter'])
  const filters = Array.isArray(given) ? given.map(objects.resolve) : [given]
  const raw = await read(stream)
  if (filters.length === 0 || filters[0] === undefined || filters[0] === null) return raw
  const isFlate = filters.length === 1 && filters[0] === '/FlateDecode'
  if (!isFlate || objects.dictionary(stream.dictionary['/DecodeParms'])['/Predictor'] !== undefined)
    return undefined
  try {
    return await unpack(raw, { maxOutputLength: mostBytes, finishFlush: constants.Z_SYNC_FLUSH })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw new JobFailure('decompression_bomb', `a stream unpacks to over ${mostBytes} bytes`)
    return undefined
  }
}
