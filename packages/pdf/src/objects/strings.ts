import { hexDigit } from './characters.ts'

const escapes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 }
const [backslash, lineFeed, carriageReturn] = [0x5c, 10, 13]
const isOctal = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x37

/** The bytes that a string in parentheses stands for (ISO 32000-1, 7.3.4.2); the bytes are those within them. */
export function literalBytes(written: Buffer): Buffer {
  if (!written.includes(backslash) && !written.includes(carriageReturn)) return written
  const bytes = Buffer.alloc(written.length)
  let length = 0
  for (let at = 0; at < written.length; at++) {
    const byte = written[at] ?? 0
    if (byte === carriageReturn) {
      bytes[length++] = lineFeed
      if (written[at + 1] === lineFeed) at++
    } else if (byte !== backslash) bytes[length++] = byte
    else {
      const next = written[++at]
      if (isOctal(next)) {
        let code = 0
        for (let digits = 0; digits < 3 && isOctal(written[at]); digits++)
          code = code * 8 + (written[at++] ?? 0) - 0x30
        at--
        bytes[length++] = code & 255
      } else if (next === carriageReturn) {
        if (written[at + 1] === lineFeed) at++
      } else if (next !== undefined && next !== lineFeed)
        bytes[length++] = escapes[String.fromCharCode(next)] ?? next
    }
  }
  return bytes.subarray(0, length)
}

/** The bytes that a string of hexadecimal digits stands for (7.3.4.3); whatever is no digit counts for nothing. */
export function hexBytes(written: Buffer): Buffer {
  const bytes = Buffer.alloc((written.length + 1) >> 1)
  let digits = 0
  for (const byte of written) {
    const digit = hexDigit(byte)
    if (digit < 0) continue
    const at = digits >> 1
    bytes[at] = digits % 2 === 0 ? digit << 4 : (bytes[at] ?? 0) | digit
    digits++
  }
  return bytes.subarray(0, (digits + 1) >> 1)
}
