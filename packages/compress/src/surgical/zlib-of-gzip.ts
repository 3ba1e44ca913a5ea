/** Deflate with a window of 32 KB, packed as well as can be (RFC 1950, 2.2). */
const zlibHead = [0x78, 0xda]
/** Of the member's header, and of what stands after its data: checksum and length (RFC 1952, 2.3). */
const [headBytes, tailBytes] = [10, 8]
const [flagsAt, hasName] = [3, 0x08]

/**
 * The data of a gzip file with a frame of zlib around it.
 * @param gzip one member, with no more in its header than a name
 * @param plain what it unpacks to
 */
export function zlibOfGzip(gzip: Uint8Array, plain: Uint8Array): Uint8Array {
  const flags = gzip[flagsAt] ?? 0
  if ((flags & ~hasName) !== 0) throw new Error(`a gzip file has a header of another kind: ${flags}`)
  const from = flags === hasName ? gzip.indexOf(0, headBytes) + 1 : headBytes
  const data = gzip.subarray(from, gzip.length - tailBytes)
  const sum = adler32(plain)
  const zlib = new Uint8Array(zlibHead.length + data.length + 4)
  zlib.set(zlibHead)
  zlib.set(data, zlibHead.length)
  zlib.set([sum >>> 24, sum >>> 16, sum >>> 8, sum], zlibHead.length + data.length)
  return zlib
}

/** The checksum of RFC 1950, 8.2. */
function adler32(bytes: Uint8Array): number {
  const base = 65521
  // So many bytes are summed before either sum could pass 2³².
  const stretch = 5552
  let [a, b] = [1, 0]
  for (let from = 0; from < bytes.length; from += stretch) {
    const to = Math.min(bytes.length, from + stretch)
    for (let at = from; at < to; at++) {
      a += bytes[at] ?? 0
      b += a
    }
    a %= base
    b %= base
  }
  return ((b << 16) | a) >>> 0
}
