import sharp, { type JpegOptions, type Sharp } from 'sharp'
import type { Pixels } from '@pdf-smaller/pictures/pixels'

// A cache of decoded images would outlive the job that they belong to.
sharp.cache(false)
// The host's cores are shared out by image, not within one.
sharp.concurrency(1)

const open = ({ width, height, channels, samples }: Pixels): Sharp =>
  sharp(samples, { raw: { width, height, channels }, limitInputPixels: width * height })

/** The pixels of an image in grey or RGB. */
export async function pixelsIn(image: Sharp, channels: 1 | 3): Promise<Pixels> {
  const { data, info } = await image
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.channels !== channels)
    throw new Error(`an image of ${info.channels} channels instead of ${channels}`)
  return { width: info.width, height: info.height, channels, samples: data }
}

/** Decodes a JPEG, its colours as they stand in it. Damage ends in grey. */
export const decodeJpeg = (bytes: Uint8Array, channels: 1 | 3, mostPixels: number): Promise<Pixels> =>
  pixelsIn(sharp(bytes, { failOn: 'none', ignoreIcc: true, limitInputPixels: mostPixels }), channels)

/**
 * As `decodeJpeg`, for a JPEG of a document.
 * @throws Error where it is cut short, which viewers show in ways of their own
 */
export const decodeWholeJpeg = (bytes: Uint8Array, channels: 1 | 3, mostPixels: number): Promise<Pixels> =>
  pixelsIn(sharp(bytes, { failOn: 'truncated', ignoreIcc: true, limitInputPixels: mostPixels }), channels)

/**
 * Decodes a JPEG in the four colours of print: its samples as a PDF reader takes them. libvips turns them around, for
 * programs of Adobe write them so.
 * @throws Error where it is cut short
 */
export async function decodeJpegInks(bytes: Uint8Array, mostPixels: number): Promise<Uint8Array> {
  const image = sharp(bytes, { failOn: 'truncated', ignoreIcc: true, limitInputPixels: mostPixels })
  const { data, info } = await image
    .pipelineColourspace('cmyk')
    .toColourspace('cmyk')
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.channels !== 4) throw new Error(`an image of ${info.channels} channels instead of 4`)
  return data.map((value) => 255 - value)
}

/** The image in another size. Cubic keeps more of the structure than Lanczos or Mitchell do (measured at 150 dpi). */
export const resized = (image: Pixels, width: number, height: number): Promise<Pixels> =>
  pixelsIn(open(image).resize(width, height, { kernel: 'cubic', fit: 'fill' }), image.channels)

/**
 * Quantisation table 7 of mozjpeg (Ahumada, Watson, Peterson 1993) gives more structural similarity for the bytes than
 * its default on photographs, and as much on scans (measured). To seek the best order of progressive scans takes half as
 * long again, and gains a hundredth on colours and nothing on grey.
 */
export const jpegOptions = (
  quality: number,
  chromaSubsampling: Chroma = quality >= 90 ? '4:4:4' : '4:2:0',
  progressive = true,
): JpegOptions => ({
  quality,
  progressive,
  trellisQuantisation: true,
  overshootDeringing: true,
  optimiseScans: false,
  quantisationTable: 7,
  chromaSubsampling,
})

/** Whether colours have the full resolution, or half of it. */
type Chroma = '4:4:4' | '4:2:0'

/**
 * Of fewer pixels, the tables of several scans take more than they gain: a quarter of a JPEG of 60 by 60, a twentieth of one
 * of 200 by 200 (measured). Of somewhat more, both forms are looked at; what they differ by then is not worth the time.
 */
const [fewPixels, somePixels] = [30_000, 200_000]

/** For trials, and for what has no loss yet: where that is small, a few bytes are not worth the loss. */
export const progressiveJpeg = (image: Pixels, quality: number): Promise<Buffer> =>
  written(image, jpegOptions(quality))

/** The smaller one of a progressive JPEG and one in a single scan, where it is worth to look. */
export async function encodeJpeg(image: Pixels, quality: number, chroma?: Chroma): Promise<Buffer> {
  const pixels = image.width * image.height
  const progressive = pixels > fewPixels ? await written(image, jpegOptions(quality, chroma)) : undefined
  if (progressive && pixels > somePixels) return progressive
  const inOneScan = await written(image, jpegOptions(quality, chroma, false))
  return progressive && progressive.length < inOneScan.length ? progressive : inOneScan
}

function written(image: Pixels, options: JpegOptions): Promise<Buffer> {
  const source = open(image)
  return (image.channels === 1 ? source.toColourspace('b-w') : source).jpeg(options).toBuffer()
}
