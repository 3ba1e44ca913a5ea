/** Base 85 with a line break after every group (ISO 32000-1, 7.4.3). */
export function toAscii85(bytes: Uint8Array): Buffer {
  let text = ''
  for (let at = 0; at < bytes.length; at += 4) {
    const group = Buffer.alloc(4)
    group.set(bytes.subarray(at, at + 4))
    const missing = Math.max(0, at + 4 - bytes.length)
    let value = group.readUInt32BE()
    const digits = Array.from({ length: 5 }, () => {
      const digit = value % 85
      value = Math.floor(value / 85)
      return String.fromCharCode(digit + 33)
    }).reverse()
    const isZero = missing === 0 && group.readUInt32BE() === 0
    text += `${isZero ? 'z' : digits.slice(0, 5 - missing).join('')}\n`
  }
  return Buffer.from(`${text}~>`)
}

export const toAsciiHex = (bytes: Uint8Array): Buffer =>
  Buffer.from(`${Buffer.from(bytes).toString('hex')} >`)

/** Stretches that are copied as they are (7.4.5). */
export function toRunLengths(bytes: Uint8Array): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; at += 128) {
    const part = bytes.subarray(at, at + 128)
    parts.push(Buffer.from([part.length - 1, ...part]))
  }
  return Buffer.concat([...parts, Buffer.from([128])])
}

/** Rows of so many bytes, each as its difference from the one above, as PNG has it; the last is filled up with blanks. */
export function toPngRows(bytes: Uint8Array, columns: number): Buffer {
  const rows = Math.ceil(bytes.length / columns)
  const padded = Buffer.alloc(rows * columns, 32)
  padded.set(bytes)
  return Buffer.concat(
    Array.from({ length: rows }, (_, row) => {
      const own = padded.subarray(row * columns, (row + 1) * columns)
      const up = own.map((byte, x) => byte - (row > 0 ? (padded[(row - 1) * columns + x] ?? 0) : 0))
      return Buffer.concat([Buffer.from([2]), up])
    }),
  )
}
