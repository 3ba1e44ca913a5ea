import { promisify } from 'node:util'
import { constants, inflate, inflateSync } from 'node:zlib'
import { JobFailure } from '@pdf-smaller/contracts'

const inflateAside = promisify(inflate)
/** For so few bytes, which unpack to a few megabytes at most, another thread takes longer to hear of them. */
const fewBytes = 2048

/**
 * Unpacks Flate data; what stands before an early end is kept, as viewers do.
 * @param mostBytes what it may unpack to
 * @throws JobFailure decompression_bomb; zlib's error on data that is none
 */
export async function inflated(bytes: Uint8Array, mostBytes: number): Promise<Buffer> {
  const options = { maxOutputLength: mostBytes, finishFlush: constants.Z_SYNC_FLUSH }
  try {
    return bytes.length <= fewBytes ? inflateSync(bytes, options) : await inflateAside(bytes, options)
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
