import { readFile, rm } from 'node:fs/promises'
import type { PdfStream, WorkingCopy } from '@pdf-smaller/pdf'
import type { Bitmap } from '@pdf-smaller/pictures/bitmap'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { readPnm } from '@pdf-smaller/pictures/pnm'
import { undoFilters } from '../../decode.ts'
import { decodeJpegInks, decodeWholeJpeg } from '../codec.ts'
import { type Content, contentOf, type Samples } from './content.ts'
import type { ImageFacts } from './facts.ts'
import { jpegHeadOf, transformOf, untransformed } from './jpeg-file.ts'
import { grey, jpxHeadOf, srgb } from './jpx-file.ts'
import type { Space } from './space.ts'

/** Whether Poppler must decode the samples. */
export const needsPoppler = ({ codec }: ImageFacts): boolean =>
  codec === 'ccitt' || codec === 'jbig2' || codec === 'jpx'

/**
 * Reads the samples of an image and says what they mean. Undefined where they are broken or cut short, or where
 * renderers are known to take them differently.
 * @param drawn the file that Poppler made of its samples, for the codecs that only Poppler knows
 */
export async function readContent(
  copy: WorkingCopy,
  stream: PdfStream,
  facts: ImageFacts,
  drawn: string | undefined,
): Promise<Content | undefined> {
  const { codec, space } = facts
  if (needsPoppler(facts) && drawn === undefined) return undefined
  const raw = await copy.read(stream)
  if (codec === 'jpx') return jpxContent(copy, raw, facts, drawn ?? '')
  const samples =
    codec === 'none'
      ? await plainSamples(copy, raw, facts)
      : codec === 'jpeg'
        ? await jpegSamples(copy, raw, facts)
        : await bilevelSamples(facts, drawn ?? '')
  return samples && contentOf(samples, space, facts.ranges)
}

async function plainSamples(copy: WorkingCopy, raw: Buffer, facts: ImageFacts): Promise<Samples | undefined> {
  const { width, height, bits, space, filters } = facts
  const components = space.kind === 'direct' ? space.components : 1
  const data = await undoFilters(raw, filters, copy)
  const size = Math.ceil((width * components * bits) / 8) * height
  return data && data.length >= size ? { width, height, bits, components, data } : undefined
}

async function jpegSamples(copy: WorkingCopy, raw: Buffer, facts: ImageFacts): Promise<Samples | undefined> {
  const { width, height, space, filters } = facts
  const bytes = await undoFilters(raw, filters.slice(0, -1), copy)
  const jpeg = bytes && Buffer.from(bytes)
  const head = jpeg && jpegHeadOf(jpeg)
  const components = space.kind === 'direct' ? space.components : undefined
  if (!head || head.bits !== 8 || head.components !== components) return undefined
  if (head.width !== width || head.height !== height) return undefined
  const transform = transformOf(head, filters.at(-1)?.parameters ?? {}, copy)
  if (!transform) return undefined
  if (components === 4) {
    const data = await decodeJpegInks(jpeg, width * height)
    return { width, height, bits: 8, components, data }
  }
  const readable = transform === 'none' ? untransformed(jpeg) : jpeg
  const { samples: data } = await decodeWholeJpeg(readable, components, width * height)
  return { width, height, bits: 8, components, data }
}

async function bilevelSamples({ width, height }: ImageFacts, drawn: string): Promise<Samples | undefined> {
  const image = await takeFile(drawn)
  if (!('bits' in image) || image.width !== width || image.height !== height) return undefined
  return { width, height, bits: 1, components: 1, data: image.bits.map((byte) => ~byte) }
}

async function jpxContent(
  copy: WorkingCopy,
  raw: Buffer,
  { width, height, filters, space, ranges }: ImageFacts,
  drawn: string,
): Promise<Content | undefined> {
  const image = await takeFile(drawn)
  const bytes = await undoFilters(raw, filters.slice(0, -1), copy)
  const head = bytes && jpxHeadOf(Buffer.from(bytes))
  if ('bits' in image || !head?.isPlain) return undefined
  if ([image, head].some((each) => each.width !== width || each.height !== height)) return undefined
  const components = head.components === 1 ? 1 : 3
  if (head.components !== components) return undefined
  const isTold =
    space.kind === 'brought' ? head.space === (components === 1 ? grey : srgb) : head.space !== sycc
  if (!isTold || (space.kind === 'direct' && space.components !== components)) return undefined
  const data = components === 1 ? firstOfThree(image) : image.samples
  const own: Space = space.kind === 'brought' ? { ...space, components } : space
  return contentOf({ width, height, bits: 8, components, data }, own, ranges)
}

/** YCbCr, which renderers turn to RGB or not. */
const sycc = 18

const firstOfThree = ({ width, height, samples }: Pixels): Uint8Array =>
  Uint8Array.from({ length: width * height }, (_, pixel) => samples[pixel * 3] ?? 0)

/** The colours of an image whose samples only Poppler understands, as Poppler draws them. */
export async function drawnContent(
  { width, height }: ImageFacts,
  drawn: string | undefined,
): Promise<Content | undefined> {
  if (drawn === undefined) return undefined
  const image = await takeFile(drawn)
  if ('bits' in image || image.width !== width || image.height !== height) return undefined
  return { kind: 'pixels', pixels: image, space: '/DeviceRGB' }
}

async function takeFile(file: string): Promise<Pixels | Bitmap> {
  const image = readPnm(await readFile(file))
  await rm(file)
  return image
}
