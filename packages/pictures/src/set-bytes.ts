/** Seeks the first byte that is not 0 from one place to before another. @returns the latter where there is none */
export type NextSet = (from: number, end: number) => number

/** Seeks among bytes most of which are 0, as those of ink on paper are: four of them at a time. */
export function openSetBytes(bytes: Uint8Array): NextSet {
  const skew = bytes.byteOffset % 4
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset - skew, (bytes.length + skew) >> 2)
  return (from, end) => {
    let at = from
    for (; at < end && (at + skew) % 4 !== 0; at++) if (bytes[at] !== 0) return at
    while (at + 4 <= end && words[(at + skew) >> 2] === 0) at += 4
    while (at < end && bytes[at] === 0) at++
    return at
  }
}
