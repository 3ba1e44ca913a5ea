import { deflated, inflated } from '@pdf-smaller/pdf'

/** What one stream may unpack to; more is a bomb. */
export const mostUnpackedBytes = 256 * 1024 * 1024

/**
 * Unpacks Flate data; what stands before an early end is kept, as viewers do.
 * @throws JobFailure decompression_bomb; zlib's error on data that is none
 */
export const unpack = (bytes: Uint8Array): Promise<Buffer> => inflated(bytes, mostUnpackedBytes)

/** Packs bytes with Flate as zlib does: to see what they come to, for what is written is packed harder. */
export const pack = (bytes: Uint8Array): Promise<Uint8Array> => deflated(bytes, { level: 9, memLevel: 9 })
