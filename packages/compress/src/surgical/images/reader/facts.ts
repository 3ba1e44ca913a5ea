import {
  type Dictionary,
  type Filter,
  filtersIn,
  type PdfObjects,
  type PdfStream,
  type WorkingCopy,
} from '@pdf-smaller/pdf'
import { type Ranges, rangesIn } from './decode-array.ts'
import { isCalRgb, type ReadSpace, type Space } from './space.ts'

/** Who packs the samples of an image: nobody but filters of any stream, or one of the codecs for images. */
export type Codec = 'none' | 'jpeg' | 'jpx' | 'ccitt' | 'jbig2'

/** What is known of an image without its samples. */
export type ImageFacts = {
  width: number
  height: number
  bits: number
  codec: Codec
  /** All filters, that of the codec the last. */
  filters: Filter[]
  space: Space
  ranges: Ranges
}

const codecs: Readonly<Record<string, Codec>> = {
  '/DCTDecode': 'jpeg',
  '/JPXDecode': 'jpx',
  '/CCITTFaxDecode': 'ccitt',
  '/JBIG2Decode': 'jbig2',
}
const depths = [1, 2, 4, 8, 16]
/** What a CCITT image is wide without a word (ISO 32000-1, table 11). */
const usualColumns = 1728

/**
 * Reads what the entries of an image say about its samples (ISO 32000-1, 8.9.5). Undefined where they contradict each
 * other, or where renderers are known to take them differently: such an image must stay as it is, byte for byte.
 */
export async function imageFactsOf(
  copy: WorkingCopy,
  { dictionary }: PdfStream,
  readSpace: ReadSpace,
): Promise<ImageFacts | undefined> {
  const filters = filtersIn(dictionary, copy)
  // Short names belong to inline images; some readers know them here, too.
  const isShort = (short: string, long: string) =>
    dictionary[short] !== undefined && dictionary[long] === undefined
  if (!filters || isShort('/D', '/Decode') || isShort('/IM', '/ImageMask')) return undefined
  const codec = codecs[filters.at(-1)?.name ?? ''] ?? 'none'
  const [width, height] = [copy.number(dictionary['/Width']), copy.number(dictionary['/Height'])]
  const bits = bitsOf(dictionary, codec, filters, copy)
  if (!isSize(width) || !isSize(height) || bits === undefined) return undefined
  const space = await spaceOf(copy, dictionary, codec, readSpace)
  const ranges = space.kind === 'drawn' ? 'usual' : rangesIn(dictionary['/Decode'], space, bits, copy)
  // PDFium takes calibrated samples of 8 bits for plain RGB, and heeds the calibration of any others.
  if (space.kind === 'direct' && isCalRgb(space.value, copy) && (bits !== 8 || ranges !== 'usual'))
    return undefined
  if (!ranges || !fits(space, ranges, codec)) return undefined
  const facts = { width, height, bits, codec, filters, space, ranges }
  if (codec === 'ccitt' && !isWholeFax(facts, copy)) return undefined
  return facts
}

const isSize = (value: number) => Number.isInteger(value) && value > 0

/** Whether an image is painted through a stencil: its samples have no colour. */
export const isStencil = (dictionary: Dictionary, objects: PdfObjects): boolean =>
  objects.resolve(dictionary['/ImageMask']) === true

function bitsOf(
  dictionary: Dictionary,
  codec: Codec,
  filters: readonly Filter[],
  objects: PdfObjects,
): number | undefined {
  const given = objects.resolve(dictionary['/BitsPerComponent'])
  const told = typeof given === 'number' ? given : undefined
  if (codec === 'jpx') return 8
  if (codec === 'jpeg') return told === undefined || told === 8 ? 8 : undefined
  const isBilevel = codec !== 'none' || isStencil(dictionary, objects)
  if (isBilevel) return told === undefined || told === 1 ? 1 : undefined
  // PDFium takes runs for bytes.
  const possible = filters.at(-1)?.name === '/RunLengthDecode' ? [1, 8] : depths
  return told !== undefined && possible.includes(told) ? told : undefined
}

async function spaceOf(
  copy: WorkingCopy,
  dictionary: Dictionary,
  codec: Codec,
  readSpace: ReadSpace,
): Promise<Space> {
  if (isStencil(dictionary, copy)) return { kind: 'stencil' }
  const { '/ColorSpace': space } = dictionary
  // How many components it brings stands in its own head.
  if (codec === 'jpx' && space === undefined) return { kind: 'brought', components: 3 }
  const read = await readSpace(space)
  // Poppler gives these back in RGB only.
  const isInks = codec === 'jpx' && read.kind === 'direct' && read.components === 4
  return isInks ? { kind: 'drawn', value: space } : read
}

/** Whether a codec gives samples of a space that all renderers understand alike. */
function fits(space: Space, ranges: Ranges, codec: Codec): boolean {
  switch (codec) {
    case 'none':
      return true
    case 'jpeg':
      return space.kind === 'direct' || space.kind === 'drawn'
    case 'jpx':
      // A Decode is not for these images (table 89), but Poppler heeds it.
      return (
        ranges === 'usual' && (space.kind === 'direct' || space.kind === 'brought' || space.kind === 'drawn')
      )
    case 'ccitt':
    case 'jbig2':
      return space.kind !== 'direct' || space.components === 1
  }
  return codec satisfies never
}

function isWholeFax(
  { width, height, filters }: Pick<ImageFacts, 'width' | 'height' | 'filters'>,
  objects: PdfObjects,
) {
  const parameters = filters.at(-1)?.parameters ?? {}
  const columns = objects.resolve(parameters['/Columns']) ?? usualColumns
  const rows = objects.resolve(parameters['/Rows']) ?? 0
  return columns === width && typeof rows === 'number' && (rows === 0 || rows >= height)
}

/**
 * Whether samples must stay exactly as they are: masks by colour, colours multiplied with their soft mask, and soft
 * masks in another space than grey.
 */
export function isDelicate(dictionary: Dictionary, isSoftMask: boolean, objects: PdfObjects): boolean {
  return (
    Array.isArray(objects.resolve(dictionary['/Mask'])) ||
    objects.number(dictionary['/SMaskInData']) > 0 ||
    objects.dictionary(dictionary['/SMask'])['/Matte'] !== undefined ||
    dictionary['/Matte'] !== undefined ||
    (isSoftMask && objects.resolve(dictionary['/ColorSpace']) !== '/DeviceGray')
  )
}

/** The entries of an image that say how its samples are to be read: none of them holds for new samples. */
const ofSamples = new Set([
  '/Width',
  '/Height',
  '/BitsPerComponent',
  '/ColorSpace',
  '/Decode',
  '/ImageMask',
  '/Filter',
  '/DecodeParms',
  '/Length',
  '/DL',
  '/SMaskInData',
])

/** The entries of an image that hold whatever its samples are: masks, intent, interpolation, tags and the like. */
export const lasting = (dictionary: Dictionary): Dictionary =>
  Object.fromEntries(Object.entries(dictionary).filter(([key]) => !ofSamples.has(key)))
