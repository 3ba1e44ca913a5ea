import { constants, inflateSync } from 'node:zlib'

/**
 * What Flate data unpack to, or the beginning of it where they are cut off. Undefined when it is more than allowed, and
 * for what is encrypted or damaged. It does not wait: what is asked for is small.
 */
export function unpacked(data: Buffer, mostBytes: number): Buffer | undefined {
  try {
    return inflateSync(data, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostBytes })
  } catch {
    return undefined
  }
}
