/** Kinds of values (TIFF 6.0, section 2): whole numbers of 16 and 32 bits. */
const [short, long] = [3, 4]
const separated = 5
const entryBytes = 12

/**
 * Samples in the four colours of print as a TIFF file in one strip (TIFF 6.0, sections 2 and 16): a form in which
 * libvips takes them for what they are.
 */
export function cmykTiff(width: number, height: number, samples: Uint8Array): Buffer {
  const bitsAt = 8 + 2 + 10 * entryBytes + 4
  const samplesAt = bitsAt + 8
  const entries: [tag: number, kind: number, count: number, value: number][] = [
    [256, long, 1, width],
    [257, long, 1, height],
    [258, short, 4, bitsAt],
    [259, short, 1, 1],
    [262, short, 1, separated],
    [273, long, 1, samplesAt],
    [277, short, 1, 4],
    [278, long, 1, height],
    [279, long, 1, samples.length],
    [284, short, 1, 1],
  ]
  const head = Buffer.alloc(samplesAt)
  head.write('II', 'latin1')
  head.writeUInt16LE(42, 2)
  head.writeUInt32LE(8, 4)
  head.writeUInt16LE(entries.length, 8)
  for (const [index, [tag, kind, count, value]] of entries.entries()) {
    const at = 10 + index * entryBytes
    head.writeUInt16LE(tag, at)
    head.writeUInt16LE(kind, at + 2)
    head.writeUInt32LE(count, at + 4)
    // A short value stands in the first half of its field, which is the same in this byte order.
    head.writeUInt32LE(value, at + 8)
  }
  for (let channel = 0; channel < 4; channel++) head.writeUInt16LE(8, bitsAt + channel * 2)
  return Buffer.concat([head, samples])
}
