import { promisify } from 'node:util'
import { deflate, deflateSync, type ZlibOptions } from 'node:zlib'

const deflateAside = promisify(deflate)
/** For so few bytes another thread takes longer to hear of them than it takes to pack them. */
const fewBytes = 32 * 1024

/** Packs bytes with Flate as zlib does. */
export const deflated = async (bytes: Uint8Array, options: ZlibOptions = {}): Promise<Buffer> =>
  bytes.length < fewBytes ? deflateSync(bytes, options) : deflateAside(bytes, options)
