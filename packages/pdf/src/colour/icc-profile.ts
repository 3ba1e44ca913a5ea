/** The white that all profiles refer to, D50 (ICC.1:2004-10, 7.2.16). */
export const d50 = [0.9642, 1, 0.8249] as const

export type Profile = {
  /** `mntr` for a display, `scnr` for anything that only has a way into the profile connection space. */
  deviceClass: 'mntr' | 'scnr'
  colours: 'RGB ' | 'CMYK'
  connection: 'XYZ ' | 'Lab '
  description: string
  /** What it holds beside its description, its copyright and its white. */
  tags: Readonly<Record<string, Buffer>>
}

const headerBytes = 128
const copyright = 'No copyright: made of the constants of a standard'

/** Writes a colour profile as ICC.1:2004-10 (version 4.2) lays it out. */
export function iccProfile({ deviceClass, colours, connection, description, tags }: Profile): Buffer {
  const all = { desc: text(description), cprt: text(copyright), wtpt: xyz(d50), ...tags }
  const entries = Object.entries(all)
  const table = Buffer.alloc(4 + 12 * entries.length)
  table.writeUInt32BE(entries.length, 0)
  let offset = headerBytes + table.length
  for (const [index, [name, data]] of entries.entries()) {
    table.write(name, 4 + 12 * index, 'latin1')
    table.writeUInt32BE(offset, 8 + 12 * index)
    table.writeUInt32BE(data.length, 12 + 12 * index)
    offset += data.length
  }
  const header = Buffer.alloc(headerBytes)
  header.writeUInt32BE(offset, 0)
  header.writeUInt32BE(0x04_20_00_00, 8)
  header.write(`${deviceClass}${colours}${connection}`, 12, 'latin1')
  for (const [index, part] of [2026, 1, 1].entries()) header.writeUInt16BE(part, 24 + 2 * index)
  header.write('acsp', 36, 'latin1')
  fixed(d50).copy(header, 68)
  return Buffer.concat([header, table, ...entries.map(([, data]) => data)])
}

/** Numbers as ICC has them: 16 bits before the point and 16 behind it. */
export function fixed(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [index, value] of values.entries()) bytes.writeInt32BE(Math.round(value * 65_536), 4 * index)
  return bytes
}

/** A tag: its type, what it holds, and zeros up to a multiple of four bytes. */
export function tag(type: string, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat([Buffer.from(`${type}\0\0\0\0`, 'latin1'), ...parts])
  return Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)])
}

export const xyz = (values: readonly number[]): Buffer => tag('XYZ ', fixed(values))

function text(content: string): Buffer {
  const letters = Buffer.from(content, 'utf16le').swap16()
  const head = Buffer.alloc(20)
  // One record of 12 bytes, in English as the United States have it, which begins 28 bytes into the tag.
  head.writeUInt32BE(1, 0)
  head.writeUInt32BE(12, 4)
  head.write('enUS', 8, 'latin1')
  head.writeUInt32BE(letters.length, 12)
  head.writeUInt32BE(28, 16)
  return tag('mluc', head, letters)
}
