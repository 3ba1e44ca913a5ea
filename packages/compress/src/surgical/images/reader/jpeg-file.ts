import type { Dictionary, PdfObjects } from '@pdf-smaller/pdf'

/** A segment of a JPEG file, from its marker on. */
type Segment = { marker: number; start: number; end: number }

const [app0, app14, scan] = [0xe0, 0xee, 0xda]
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** The segments in front of the first scan (ITU-T T.81, annex B). */
function segmentsOf(jpeg: Buffer): Segment[] {
  const segments: Segment[] = []
  for (let at = 2; at + 4 <= jpeg.length && jpeg[at] === 0xff;) {
    const marker = jpeg[at + 1] ?? 0
    if (marker === 0xff) at++
    else if (marker === scan) break
    else {
      const end = at + 2 + jpeg.readUInt16BE(at + 2)
      segments.push({ marker, start: at, end })
      at = end
    }
  }
  return segments
}

/** What a JPEG file says of its components. */
export type JpegHead = {
  bits: number
  width: number
  height: number
  components: number
  /** What the marker of Adobe says of the colours: 0 as they are, 1 YCbCr, 2 YCCK; undefined without it. */
  adobe: number | undefined
  /** Whether decoders take three components without a word for YCbCr. */
  isUsuallyYcc: boolean
}

/** Reads the head of a JPEG file; undefined for what is none. */
export function jpegHeadOf(jpeg: Buffer): JpegHead | undefined {
  const segments = segmentsOf(jpeg)
  const frame = segments.find(({ marker }) => isFrame(marker))
  if (!frame || frame.end > jpeg.length || frame.end - frame.start < 11) return undefined
  const { start } = frame
  const components = jpeg[start + 9] ?? 0
  if (frame.end - frame.start < 10 + components * 3) return undefined
  const isJfif = segments.some((each) => each.marker === app0 && named(jpeg, each, 'JFIF\0'))
  const adobe = segments.find((each) => each.marker === app14 && named(jpeg, each, 'Adobe'))
  const ids = [0, 1, 2].map((at) => jpeg[start + 10 + at * 3])
  return {
    bits: jpeg[start + 4] ?? 0,
    height: jpeg.readUInt16BE(start + 5),
    width: jpeg.readUInt16BE(start + 7),
    components,
    adobe: adobe && adobe.end - adobe.start >= 16 ? jpeg[adobe.start + 15] : undefined,
    isUsuallyYcc: isJfif || Buffer.from(ids.map(Number)).toString('latin1') !== 'RGB',
  }
}

const named = (jpeg: Buffer, { start }: Segment, name: string) =>
  jpeg.toString('latin1', start + 4, start + 4 + name.length) === name

/**
 * Whether the colours of a JPEG are to be taken as decoders do by themselves or as they stand, by the entry
 * ColorTransform (ISO 32000-1, table 13). Undefined where readers do not agree.
 */
export function transformOf(
  { components, adobe, isUsuallyYcc }: JpegHead,
  parameters: Dictionary,
  objects: PdfObjects,
): 'usual' | 'none' | undefined {
  const given = objects.resolve(parameters['/ColorTransform'])
  if (given === undefined || given === null || components === 1) return 'usual'
  const wanted = objects.number(given)
  if (components === 4) return adobe !== undefined || wanted === 0 ? 'usual' : undefined
  const isYcc = adobe === undefined ? isUsuallyYcc : adobe !== 0
  if (isYcc === (wanted !== 0)) return 'usual'
  return adobe === undefined && wanted === 0 ? 'none' : undefined
}

/** A JPEG whose three components decoders take as they stand: Adobe's marker says so, and none says otherwise. */
export function untransformed(jpeg: Buffer): Buffer {
  const marker = Buffer.from([0xff, app14, 0, 14, ...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, 0])
  const parts = [jpeg.subarray(0, 2), marker]
  let from = 2
  for (const { marker: own, start, end } of segmentsOf(jpeg)) {
    if (own !== app0 && own !== app14) parts.push(jpeg.subarray(start, end))
    from = end
  }
  return Buffer.concat([...parts, jpeg.subarray(from)])
}
