import { promisify } from 'node:util'
import { constants, inflate } from 'node:zlib'
import { JobFailure } from '@pdf-smaller/contracts'

const inflateAsync = promisify(inflate)

/**
 * Unpacks Flate data; what stands before an early end is kept, as viewers do.
 * @param mostBytes what it may unpack to
 * @throws JobFailure decompression_bomb; zlib's error on data that is none
 */
export async function inflated(bytes: Uint8Array, mostBytes: number): Promise<Buffer> {
  try {
    return await inflateAsync(bytes, { maxOutputLength: mostBytes, finishFlush: constants.Z_SYNC_FLUSH })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw new JobFailure(
        'decompression_bomb',
        `a stream of ${bytes.length} bytes unpacks to over ${mostBytes}`,
        { cause: error },
      )
    throw error
  }
}
