import { filterNames, type WorkingCopy } from '@pdf-smaller/pdf'

const startOfCodestream = 0xff4f
/** Colour spaces by their number of channels (ISO/IEC 15444-1, I.5.3.3): grey and sRGB. */
const spaces: Readonly<Record<number, number>> = { 1: 17, 3: 16 }

/**
 * Puts bare JPEG 2000 codestreams into the boxes that PDF asks for (ISO 32000-1, 7.4.9), as they are. Those whose colours
 * nothing tells stay bare.
 */
export async function boxCodestreams(copy: WorkingCopy): Promise<void> {
  for (const stream of copy.streams()) {
    if (filterNames(stream.dictionary, copy).join() !== '/JPXDecode') continue
    const bytes = await copy.read(stream)
    const boxed = boxedCodestream(bytes, stream.dictionary['/ColorSpace'] !== undefined)
    if (boxed) await copy.putStream(stream.reference, stream.dictionary, boxed)
  }
}

/** A codestream in boxes; undefined for what is none. */
export function boxedCodestream(bytes: Buffer, isColourTold: boolean): Buffer | undefined {
  if (bytes.length < 43 || bytes.readUInt16BE(0) !== startOfCodestream) return undefined
  // The size of the image stands behind the two markers and the capabilities (A.5.1).
  const [right, bottom, left, top] = [8, 12, 16, 20].map((at) => bytes.readUInt32BE(at))
  const channels = bytes.readUInt16BE(40)
  const space = spaces[channels] ?? (isColourTold ? 16 : undefined)
  if (space === undefined) return undefined
  const head = Buffer.alloc(14)
  head.writeUInt32BE((bottom ?? 0) - (top ?? 0), 0)
  head.writeUInt32BE((right ?? 0) - (left ?? 0), 4)
  head.writeUInt16BE(channels, 8)
  head.writeUInt8(bytes.readUInt8(42), 10)
  // Compressed as the standard says, and nothing is known of who made it.
  head.writeUInt8(7, 11)
  const colours = Buffer.from([1, 0, 0, 0, 0, 0, space])
  return Buffer.concat([
    box('jP  ', Buffer.from([0x0d, 0x0a, 0x87, 0x0a])),
    box('ftyp', Buffer.from('jp2 \0\0\0\0jp2 ', 'latin1')),
    box('jp2h', box('ihdr', head), box('colr', colours)),
    box('jp2c', bytes),
  ])
}

function box(kind: string, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.length + head.length, 0)
  head.write(kind, 4, 'latin1')
  return Buffer.concat([head, content])
}
