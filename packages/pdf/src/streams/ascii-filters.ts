const [exclamation, tilde, z] = [0x21, 0x7e, 0x7a]
const base = 85
const isSpace = (byte: number) => byte === 32 || (byte >= 9 && byte <= 13) || byte === 0

/** The bytes behind ASCII base 85 (ISO 32000-1, 7.4.3); undefined for what is none. */
export function fromAscii85(text: Uint8Array): Uint8Array | undefined {
  const zeros = text.reduce((count, character) => count + (character === z ? 1 : 0), 0)
  const bytes = Buffer.alloc((zeros + Math.ceil(text.length / 5)) * 4)
  let [length, group, digits] = [0, 0, 0]
  for (const character of text) {
    if (character === tilde) break
    if (isSpace(character)) continue
    if (character === z && digits === 0) {
      length += 4
      continue
    }
    const digit = character - exclamation
    if (digit < 0 || digit >= base) return undefined
    group = group * base + digit
    if (++digits < 5) continue
    if (group > 0xffffffff) return undefined
    bytes.writeUInt32BE(group, length)
    length += 4
    group = digits = 0
  }
  if (digits === 0) return bytes.subarray(0, length)
  // A group that is cut short stands for one byte less than it has digits.
  for (let at = digits; at < 5; at++) group = group * base + base - 1
  if (digits === 1 || group > 0xffffffff) return undefined
  bytes.writeUInt32BE(group, length)
  return bytes.subarray(0, length + digits - 1)
}

/** The bytes behind hexadecimal digits (7.4.2); undefined for what is none. */
export function fromAsciiHex(text: Uint8Array): Uint8Array | undefined {
  const digits = Buffer.from(text).toString('latin1').replace(/>.*$/s, '').replaceAll(/\s+/g, '')
  if (!/^[\da-f]*$/i.test(digits)) return undefined
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex')
}
