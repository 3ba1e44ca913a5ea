import { type HuffmanCodes, jpegHead } from './jpeg-head.ts'

/** What the first blocks of a JPEG say of what it would become. */
export type JpegBlocks = {
  /** How many of 8 × 8 samples of brightness were looked at. */
  blocks: number
  /** Share of them that is of one tone: clean paper. */
  flat: number
  /** Share of them whose tone is that of most. */
  ground: number
  /** Mean number of details in those that are not flat. */
  details: number
  /** What is left of the bits when each block is quantized as for quality 50, 0 to 1. */
  coarser: number
}

/** ITU-T T.81, table K.1 in zigzag order: what libjpeg takes for quality 50. */
// prettier-ignore
const coarse = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51,
  56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
]

/** Bits of a block beside those of its details, and of a detail beside those of its size. */
const bitsOfBlock = 6
const bitsOfDetail = 3.5
const leastBlocks = 64
const tones = 32

/**
 * Decodes the beginning of a sequential JPEG (ITU-T T.81, F.2): its coefficients, not its samples.
 * @returns undefined for other kinds, and where there is too little of it
 */
export function jpegBlocks(bytes: Buffer): JpegBlocks | undefined {
  const head = jpegHead(bytes)
  if (!head?.isSequential) return undefined
  const bits = openBits(bytes, head.data)
  const histogram = Array.from({ length: tones }, () => 0)
  const seen = { blocks: 0, flat: 0, details: 0, before: 0, after: 0 }
  const plan = head.components.map((component, index) => ({
    blocks: head.components.length === 1 ? 1 : component.blocks,
    dc: head.codes.get(component.dc),
    ac: head.codes.get(16 + component.ac),
    steps: head.quantization.get(component.table) ?? coarse,
    isBrightness: index === 0,
    last: 0,
  }))
  if (plan.every(({ blocks }) => blocks === 0)) return undefined
  for (let unit = 0; !bits.isOver(); unit++) {
    if (head.restartInterval > 0 && unit > 0 && unit % head.restartInterval === 0) {
      bits.restart()
      for (const component of plan) component.last = 0
    }
    for (const component of plan) {
      if (!component.dc || !component.ac) return undefined
      for (let n = 0; n < component.blocks; n++) {
        component.last += bits.value(bits.symbol(component.dc) & 15)
        const { details, before, after } = readDetails(bits, component.ac, component.steps)
        if (bits.isOver()) break
        seen.before += bitsOfBlock + before
        seen.after += bitsOfBlock + after
        if (!component.isBrightness) continue
        const tone = (component.last * (component.steps[0] ?? 1)) / 8 + 128
        const bin = Math.min(tones - 1, Math.max(0, Math.floor((tone / 256) * tones)))
        histogram[bin] = (histogram[bin] ?? 0) + 1
        seen.blocks++
        if (details === 0) seen.flat++
        seen.details += details
      }
    }
  }
  if (seen.blocks < leastBlocks) return undefined
  return {
    blocks: seen.blocks,
    flat: seen.flat / seen.blocks,
    ground: Math.max(...histogram) / seen.blocks,
    details: seen.details / Math.max(1, seen.blocks - seen.flat),
    coarser: Math.min(1, seen.after / seen.before),
  }
}

/** Reads the coefficients of a block behind its first, and tells what they take now and would take more coarsely. */
function readDetails(bits: Bits, codes: HuffmanCodes, steps: readonly number[]) {
  let [details, before, after] = [0, 0, 0]
  for (let at = 1; at < 64; at++) {
    const symbol = bits.symbol(codes)
    const size = symbol & 15
    if (size === 0) {
      if (symbol !== 0xf0) break
      at += 15
      continue
    }
    at += symbol >> 4
    const value = Math.abs(bits.value(size))
    details++
    before += bitsOfDetail + Math.log2(1 + value)
    const coarser = (value * (steps[at] ?? 1)) / Math.max(coarse[at] ?? 1, steps[at] ?? 1)
    if (coarser >= 0.5) after += bitsOfDetail + Math.log2(1 + coarser)
  }
  return { details, before, after }
}

type Bits = ReturnType<typeof openBits>

function openBits(bytes: Buffer, from: number) {
  let at = from
  let [held, count] = [0, 0]
  let isOver = false
  const bit = (): number => {
    if (count === 0) {
      const byte = bytes[at]
      if (byte === undefined || (byte === 0xff && bytes[at + 1] !== 0)) {
        isOver = true
        return 0
      }
      at += byte === 0xff ? 2 : 1
      held = byte
      count = 8
    }
    count--
    return (held >> count) & 1
  }
  return {
    isOver: () => isOver,
    /** Skips to the data behind the next restart marker. */
    restart: () => {
      count = 0
      if (bytes[at] === 0xff && ((bytes[at + 1] ?? 0) & 0xf8) === 0xd0) at += 2
      else isOver = true
    },
    symbol: ({ ends, offsets, values }: HuffmanCodes): number => {
      let code = 0
      for (let length = 0; length < 16; length++) {
        code = code * 2 + bit()
        if (code < (ends[length] ?? 0)) return values[code + (offsets[length] ?? 0)] ?? 0
      }
      isOver = true
      return 0
    },
    /** A number of so many bits, whose first bit tells its sign (F.2.2.1). */
    value: (size: number): number => {
      let value = 0
      for (let n = 0; n < size; n++) value = value * 2 + bit()
      return size > 0 && value < 2 ** (size - 1) ? value - 2 ** size + 1 : value
    },
  }
}
