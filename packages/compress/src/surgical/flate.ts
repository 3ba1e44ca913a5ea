import { promisify } from 'node:util'
import { constants, deflate, inflate } from 'node:zlib'
import { JobFailure } from '@pdf-smaller/contracts'
import type { Packing } from '../levels.ts'
import { deflateInThread } from './deflate/in-thread.ts'
import { mostUnpackedBytes } from './most-unpacked.ts'

const inflateAsync = promisify(inflate)
const deflateAsync = promisify(deflate)

/**
 * Unpacks Flate data; what stands before an early end is kept, as viewers do.
 * @throws JobFailure decompression_bomb; zlib's error on data that is none
 */
export async function unpack(bytes: Uint8Array): Promise<Buffer> {
  try {
    return await inflateAsync(bytes, {
      maxOutputLength: mostUnpackedBytes,
      finishFlush: constants.Z_SYNC_FLUSH,
    })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw new JobFailure(
        'decompression_bomb',
        `a stream of ${bytes.length} bytes unpacks to over ${mostUnpackedBytes}`,
      )
    }
    throw error
  }
}

/** What may be packed the hard way; more than that would take too long. */
export const mostHardBytes = 4 * 1024 * 1024
/** Up to so many bytes, time is no matter. */
const fewBytes = 128 * 1024
/** No round of packing starts after so long; the first and the last may take a few seconds each. */
const mostMs = 5000

/** Packs bytes with Flate, as zlib does or harder. */
export async function pack(bytes: Uint8Array, packing: Packing): Promise<Uint8Array> {
  if (packing === 'usual' || bytes.length > mostHardBytes)
    return deflateAsync(bytes, { level: 9, memLevel: 9 })
  return deflateInThread({ bytes, effort: { rounds: bytes.length <= fewBytes ? 15 : 5, mostMs } })
}
