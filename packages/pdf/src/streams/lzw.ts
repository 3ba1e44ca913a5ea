const [clear, end, firstFree, mostCodes] = [256, 257, 258, 4096]

/**
 * Unpacks LZW data (ISO 32000-1, 7.4.4); what stands before damage is kept, as viewers do.
 * @param early whether codes become longer one code early, as they do where nothing else is said
 * @returns undefined for more than so many bytes
 */
export function fromLzw(packed: Uint8Array, early: boolean, mostBytes: number): Buffer | undefined {
  /** For each code the code in front of its last byte, that byte, and how many bytes it stands for. */
  const before = new Uint16Array(mostCodes)
  const last = Uint8Array.from({ length: mostCodes }, (_, code) => code & 255)
  const lengths = new Uint32Array(mostCodes).fill(1)
  let result = Buffer.alloc(Math.max(1024, packed.length * 4))
  let [size, at, held, bits] = [0, 0, 0, 0]
  let [free, width, previous] = [firstFree, 9, -1]
  while (at < packed.length) {
    while (bits < width && at < packed.length) {
      held = ((held << 8) | (packed[at++] ?? 0)) & 0xffffff
      bits += 8
    }
    if (bits < width) break
    const code = (held >> (bits - width)) & ((1 << width) - 1)
    bits -= width
    if (code === end) break
    if (code === clear) {
      ;[free, width, previous] = [firstFree, 9, -1]
      continue
    }
    if (code > free || (code === free && previous < 0)) break
    // A code that is not there yet repeats the one before it, with its own first byte behind.
    const known = code < free ? code : previous
    const length = (lengths[known] ?? 1) + (code < free ? 0 : 1)
    if (size + length > mostBytes) return undefined
    while (size + length > result.length) result = Buffer.concat([result], result.length * 2)
    let each = known
    for (let to = size + (lengths[known] ?? 1) - 1; to >= size; to--) {
      result[to] = last[each] ?? 0
      each = before[each] ?? 0
    }
    if (code === free) result[size + length - 1] = result[size] ?? 0
    if (previous >= 0 && free < mostCodes) {
      before[free] = previous
      last[free] = result[size] ?? 0
      lengths[free] = (lengths[previous] ?? 1) + 1
      free++
    }
    size += length
    previous = code
    width = widthFor(free + (early ? 1 : 0))
  }
  return result.subarray(0, size)
}

const widthFor = (codes: number): number => (codes < 512 ? 9 : codes < 1024 ? 10 : codes < 2048 ? 11 : 12)

/**
 * Unpacks run lengths (7.4.5).
 * @returns undefined for more than so many bytes
 */
export function fromRunLengths(packed: Uint8Array, mostBytes: number): Buffer | undefined {
  const parts: Uint8Array[] = []
  let size = 0
  for (let at = 0; at < packed.length;) {
    const length = packed[at] ?? 128
    if (length === 128) break
    const part =
      length < 128
        ? packed.subarray(at + 1, at + 2 + length)
        : new Uint8Array(257 - length).fill(packed[at + 1] ?? 0)
    at += length < 128 ? length + 2 : 2
    size += part.length
    if (size > mostBytes) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}
