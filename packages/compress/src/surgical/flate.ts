import { deflated, inflated } from '@pdf-smaller/pdf'
import type { Packing } from '../levels.ts'
import { deflateInThread } from './deflate/in-thread.ts'

/** What one stream may unpack to; more is a bomb. */
export const mostUnpackedBytes = 256 * 1024 * 1024

/**
 * Unpacks Flate data; what stands before an early end is kept, as viewers do.
 * @throws JobFailure decompression_bomb; zlib's error on data that is none
 */
export const unpack = (bytes: Uint8Array): Promise<Buffer> => inflated(bytes, mostUnpackedBytes)

/** What may be packed the hard way; more than that would take too long. */
export const mostHardBytes = 4 * 1024 * 1024
/** Up to so many bytes, time is no matter. */
const fewBytes = 128 * 1024
/** No round of packing starts after so long; the first and the last may take a few seconds each. */
const mostMs = 5000

/** Packs bytes with Flate, as zlib does or harder. */
export async function pack(bytes: Uint8Array, packing: Packing): Promise<Uint8Array> {
  if (packing === 'usual' || bytes.length > mostHardBytes) return deflated(bytes, { level: 9, memLevel: 9 })
  return deflateInThread({ bytes, effort: { rounds: bytes.length <= fewBytes ? 15 : 5, mostMs } })
}
