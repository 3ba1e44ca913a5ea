import { bytesOfString, type Operand } from '@pdf-smaller/pdf'

const [open, backslash] = [0x28, 0x5c]

/** A string among operands in its shortest form, a character for each byte; what it says stays the same. */
export function shortString(contents: Uint8Array, operand: Extract<Operand, { kind: 'string' }>): string {
  const { start, end } = operand
  const written = Buffer.from(contents.buffer, contents.byteOffset + start, end - start)
  if (written[0] === open && !written.includes(backslash)) return written.toString('latin1')
  const bytes = bytesOfString(contents, operand).toString('latin1')
  // A return would be read as a line feed.
  return `(${bytes.replaceAll(/[\\()]/g, String.raw`\$&`).replaceAll('\r', String.raw`\r`)})`
}
