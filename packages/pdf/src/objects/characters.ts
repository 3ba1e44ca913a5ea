/** Classes of bytes (ISO 32000-1, 7.2.2): those between tokens, those that end a token, and all others. */
const classes = new Uint8Array(256)
const [regular, space, delimiter] = [0, 1, 2]
for (const byte of [0, 9, 10, 12, 13, 32]) classes[byte] = space
for (const character of '()<>[]{}/%') classes[character.charCodeAt(0)] = delimiter

export const isSpaceByte = (byte: number | undefined): boolean => classes[byte ?? 0] === space
export const isRegularByte = (byte: number): boolean => classes[byte] === regular

/** The value of a hexadecimal digit; -1 for any other byte. */
export function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}
