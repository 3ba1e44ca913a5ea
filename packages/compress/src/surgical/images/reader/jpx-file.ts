/** What a JPEG 2000 image says of itself, as far as its samples can be taken for what they are. */
export type JpxHead = {
  width: number
  height: number
  components: number
  /** Whether every component has 8 bits, unsigned, and as many samples as the image. */
  isPlain: boolean
  /** The colour space that it names, by number (ISO/IEC 15444-1, table I.10); undefined where it is told otherwise. */
  space: number | undefined
}

/** Spaces by their number: sRGB and grey. */
export const [srgb, grey] = [16, 17]
const startOfCodestream = 0xff4f
/** Boxes that make something else of the components: a palette, channels that are no colour. */
const changing = new Set(['pclr', 'cmap', 'cdef', 'bpcc'])
const depth8 = 7

/** Reads the head of a JPEG 2000 file or bare codestream; undefined for what is none. */
export function jpxHeadOf(bytes: Buffer): JpxHead | undefined {
  if (bytes.length > 2 && bytes.readUInt16BE(0) === startOfCodestream) return sizesOf(bytes)
  const boxes = boxesOf(bytes)
  const codestream = boxes.find(({ kind }) => kind === 'jp2c')
  const head = codestream && sizesOf(codestream.content)
  if (!head) return undefined
  const colours = boxes.filter(({ kind }) => kind === 'colr')
  const isChanged = boxes.some(({ kind }) => changing.has(kind))
  const [colour] = colours
  const isNumbered = colours.length === 1 && colour?.content[0] === 1 && colour.content.length >= 7
  return {
    ...head,
    isPlain: head.isPlain && !isChanged,
    space: isNumbered ? colour.content.readUInt32BE(3) : undefined,
  }
}

/** The size and the components of a codestream (A.5.1). */
function sizesOf(bytes: Buffer): JpxHead | undefined {
  if (bytes.length < 42 || bytes.readUInt16BE(0) !== startOfCodestream) return undefined
  const [right = 0, bottom = 0, left = 0, top = 0] = [8, 12, 16, 20].map((at) => bytes.readUInt32BE(at))
  const components = bytes.readUInt16BE(40)
  const parts = bytes.subarray(42, 42 + components * 3)
  const isPlain =
    parts.length === components * 3 && parts.every((value, at) => value === (at % 3 === 0 ? depth8 : 1))
  return { width: right - left, height: bottom - top, components, isPlain, space: undefined }
}

type Box = { kind: string; content: Buffer }

/** The boxes of a file, those within its header in the place of it (annex I). */
const boxesOf = (bytes: Buffer): Box[] =>
  outerBoxesOf(bytes).flatMap((box) => (box.kind === 'jp2h' ? outerBoxesOf(box.content) : [box]))

function outerBoxesOf(bytes: Buffer): Box[] {
  const boxes: Box[] = []
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const isLong = length === 1 && at + 16 <= bytes.length
    const size = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : length === 0 ? bytes.length - at : length
    const head = isLong ? 16 : 8
    if (size < head) break
    boxes.push({
      kind: bytes.toString('latin1', at + 4, at + 8),
      content: bytes.subarray(at + head, at + size),
    })
    at += size
  }
  return boxes
}
