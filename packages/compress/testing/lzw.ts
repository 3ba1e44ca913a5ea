/** Codes that are no strings (ISO 32000-1, 7.4.4.2), and the bounds of the length of a code. */
const [clear, end] = [256, 257]
const [shortest, longest] = [9, 12]

/**
 * LZW codes for bytes.
 * @param early how many codes before it must, a code grows by a bit
 */
export function toLzw(bytes: Uint8Array, early: 0 | 1 = 1): Buffer {
  const output: number[] = []
  let [held, bits, width, next] = [0, 0, shortest, end + 1]
  let codes = new Map<string, number>()
  const put = (code: number) => {
    held = (held << width) | code
    for (bits += width; bits >= 8; bits -= 8) output.push((held >> (bits - 8)) & 255)
    held &= (1 << bits) - 1
  }
  const codeOf = (text: string) => (text.length === 1 ? text.charCodeAt(0) : codes.get(text))
  const grow = () => {
    next++
    if (next + early > 1 << width && width < longest) width++
  }
  put(clear)
  let text = ''
  for (const byte of bytes) {
    const longer = text + String.fromCharCode(byte)
    if (codeOf(longer) !== undefined) text = longer
    else {
      put(codeOf(text) ?? 0)
      codes.set(longer, next)
      grow()
      text = String.fromCharCode(byte)
      if (next < (1 << longest) - 2) continue
      put(clear)
      codes = new Map()
      ;[width, next] = [shortest, end + 1]
    }
  }
  if (text) {
    put(codeOf(text) ?? 0)
    grow()
  }
  put(end)
  if (bits > 0) output.push((held << (8 - bits)) & 255)
  return Buffer.from(output)
}
