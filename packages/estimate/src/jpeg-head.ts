/** What the head of a JPEG says of how it is coded (ITU-T T.81, B.2). */
export type JpegHead = {
  /** By their number, in zigzag order. */
  quantization: Map<number, readonly number[]>
  components: JpegComponent[]
  /** By class and number: `0` to `3` for DC, `16` to `19` for AC. */
  codes: Map<number, HuffmanCodes>
  /** Baseline or extended, in one scan of all components: what is decoded here. */
  isSequential: boolean
  restartInterval: number
  /** Where the coded data begin. */
  data: number
}

type JpegComponent = { id: number; blocks: number; table: number; dc: number; ac: number }

/** For each length of a code from 1 to 16: the first code that is longer, and what to add to find its value. */
export type HuffmanCodes = { ends: Int32Array; offsets: Int32Array; values: Uint8Array }

const mostComponents = 4

/** Reads as far as the first scan; undefined where the head is cut off before it, or is none. */
export function jpegHead(bytes: Buffer): JpegHead | undefined {
  const head: JpegHead = {
    quantization: new Map(),
    components: [],
    codes: new Map(),
    isSequential: false,
    restartInterval: 0,
    data: 0,
  }
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1] ?? 0
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    const segment = bytes.subarray(at + 4, end)
    if (marker === 0xdb) readQuantization(segment, head)
    else if (marker === 0xc0 || marker === 0xc1 || marker === 0xc2) readFrame(segment, marker, head)
    else if (marker === 0xc4) readCodes(segment, head)
    else if (marker === 0xdd && segment.length >= 2) head.restartInterval = segment.readUInt16BE(0)
    else if (marker === 0xda) return end <= bytes.length ? readScan(segment, end, head) : undefined
    at = Math.max(end, at + 4)
  }
  return undefined
}

/** Pixels of a JPEG, by its frame (ITU-T T.81, B.2.2); undefined where none is found. */
export function jpegSize(bytes: Buffer): { width: number; height: number } | undefined {
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
  }
  return undefined
}

function readQuantization(segment: Buffer, { quantization }: JpegHead): void {
  for (let at = 0; at < segment.length;) {
    const isWide = (segment[at] ?? 0) >> 4 > 0
    const size = isWide ? 128 : 64
    if (at + 1 + size > segment.length) return
    const from = at + 1
    const values = Array.from({ length: 64 }, (_, index) =>
      isWide ? segment.readUInt16BE(from + index * 2) : (segment[from + index] ?? 0),
    )
    quantization.set((segment[at] ?? 0) & 15, values)
    at = from + size
  }
}

function readFrame(segment: Buffer, marker: number, head: JpegHead): void {
  head.isSequential = marker !== 0xc2 && segment[0] === 8
  const count = Math.min(mostComponents, segment[5] ?? 0)
  head.components = Array.from({ length: count }, (_, index) => {
    const [id = 0, sampling = 0, table = 0] = segment.subarray(6 + index * 3)
    return { id, blocks: (sampling >> 4) * (sampling & 15), table, dc: 0, ac: 0 }
  })
}

function readCodes(segment: Buffer, { codes }: JpegHead): void {
  for (let at = 0; at + 17 <= segment.length;) {
    const counts = segment.subarray(at + 1, at + 17)
    const [ends, offsets] = [new Int32Array(16), new Int32Array(16)]
    let [code, values] = [0, 0]
    for (const [index, count] of counts.entries()) {
      offsets[index] = values - code
      code += count
      values += count
      ends[index] = code
      code *= 2
    }
    const from = at + 17
    codes.set(segment[at] ?? 0, { ends, offsets, values: segment.subarray(from, from + values) })
    at = from + values
  }
}

function readScan(segment: Buffer, data: number, head: JpegHead): JpegHead {
  const count = segment[0] ?? 0
  for (let index = 0; index < count; index++) {
    const [id, tables = 0] = segment.subarray(1 + index * 2)
    const component = head.components.find((each) => each.id === id)
    if (component) Object.assign(component, { dc: tables >> 4, ac: tables & 15 })
  }
  return { ...head, data, isSequential: head.isSequential && count === head.components.length }
}
