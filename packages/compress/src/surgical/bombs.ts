import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { constants, createInflate } from 'node:zlib'
import { JobFailure } from '@pdf-smaller/contracts'
import { filtersIn, type PdfStream, type WorkingCopy } from '@pdf-smaller/pdf'
import { mostUnpackedBytes } from './flate.ts'

/** Flate cannot do better: 258 bytes for two bits (RFC 1951). */
const bestRatio = 1032

/**
 * Refuses a document in which a stream unpacks to far more than any page needs. Only streams that could are unpacked,
 * and nothing of them is kept.
 * @throws JobFailure decompression_bomb
 */
export async function refuseBombs(copy: WorkingCopy): Promise<void> {
  for (const stream of copy.streams()) {
    const filters = filtersIn(stream.dictionary, copy) ?? []
    const flates = filters.filter(({ name }) => name === '/FlateDecode').length
    // What an image with one filter unpacks to is bounded by its pixels.
    if (flates === 0 || (flates === 1 && stream.dictionary['/Subtype'] === '/Image')) continue
    const most = stream.file.length * bestRatio ** flates
    if (most > mostUnpackedBytes && filters[0]?.name === '/FlateDecode') await refuseBomb(stream, flates)
  }
}

async function refuseBomb({ file }: PdfStream, flates: number): Promise<void> {
  let unpacked: Readable = createReadStream(file.path, { start: file.at, end: file.at + file.length - 1 })
  for (let layer = 0; layer < flates; layer++)
    unpacked = unpacked.compose(createInflate({ finishFlush: constants.Z_SYNC_FLUSH }))
  let size = 0
  try {
    for await (const chunk of unpacked) {
      size += Buffer.isBuffer(chunk) ? chunk.length : 0
      if (size > mostUnpackedBytes) break
    }
  } catch {
    // What is no Flate data is no bomb either; it stays as it is.
  }
  if (size > mostUnpackedBytes)
    throw new JobFailure('decompression_bomb', `a stream unpacks to over ${mostUnpackedBytes} bytes`)
}
