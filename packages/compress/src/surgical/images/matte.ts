import { orAsItIs, type PdfStream, without, type WorkingCopy } from '@pdf-smaller/pdf'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { spread } from './hidden.ts'
import { encodeLossless } from './lossless.ts'
import type { Content } from './reader/content.ts'
import { type ImageFacts, imageFactsOf, lasting } from './reader/facts.ts'
import { readContent } from './reader/read.ts'
import type { ReadSpace } from './reader/space.ts'

/** A picture is written anew where that takes hardly more: with its mask it gains afterwards. */
const mostGrown = 1.25
/** Under a mask that lets through less, of 255, colours are too coarse to tell, and to be seen. */
const leastCover = 4
/** Larger pictures stay mixed: unpacked they take their samples three times. */
const mostPixels = 20_000_000

type Unmixed = { picture: PdfStream; pixels: Pixels; space: unknown }

/**
 * Takes the colours of pictures apart from their soft masks, with which they are mixed (Matte, ISO 32000-1, 11.6.5.3):
 * such samples may not lose anything, and others may. What is drawn stays the same.
 * @returns the pictures that are written anew
 */
export async function unmixMattes(copy: WorkingCopy, readSpace: ReadSpace): Promise<string[]> {
  const done: string[] = []
  for (const [mask, pictures] of mixedIn(copy)) {
    const unmixed = await orAsItIs(() => unmixedWith(copy, mask, pictures, readSpace))
    if (!unmixed) continue
    const made = await Promise.all(unmixed.map(async (each) => ({ ...each, ...(await written(each)) })))
    if (made.some(({ bytes, picture }) => bytes.length > picture.file.length * mostGrown)) continue
    for (const { picture, dictionary, bytes } of made) {
      await copy.putStream(picture.reference, dictionary, bytes)
      done.push(picture.reference)
    }
    copy.put(mask.reference, { dictionary: without(mask.dictionary, '/Matte'), file: mask.file })
  }
  return done
}

/** The masks with which pictures are mixed, and all pictures of each. */
function mixedIn(copy: WorkingCopy): Iterable<[PdfStream, PdfStream[]]> {
  const mixed = new Map<string, [PdfStream, PdfStream[]]>()
  for (const picture of copy.streams()) {
    const mask = copy.stream(picture.dictionary['/SMask'])
    if (picture.dictionary['/Subtype'] !== '/Image' || mask?.dictionary['/Matte'] === undefined) continue
    const known = mixed.get(mask.reference) ?? [mask, []]
    mixed.set(mask.reference, [mask, [...known[1], picture]])
  }
  return mixed.values()
}

/** All pictures of a mask without it; undefined where one of them can't be read as all renderers do. */
async function unmixedWith(
  copy: WorkingCopy,
  mask: PdfStream,
  pictures: readonly PdfStream[],
  readSpace: ReadSpace,
): Promise<Unmixed[] | undefined> {
  const matte = copy.array(mask.dictionary['/Matte']).map((each) => 255 * copy.number(each))
  const cover = await plainPixels(copy, mask, readSpace)
  if (cover?.pixels.channels !== 1 || mask.dictionary['/ColorSpace'] !== '/DeviceGray') return undefined
  const unmixed: Unmixed[] = []
  for (const picture of pictures) {
    const mixed = await plainPixels(copy, picture, readSpace)
    if (!mixed || mixed.pixels.channels !== matte.length) return undefined
    const { pixels, space } = mixed
    if (pixels.width !== cover.pixels.width || pixels.height !== cover.pixels.height) return undefined
    unmixed.push({ picture, pixels: unmixedPixels(pixels, cover.pixels.samples, matte), space })
  }
  return unmixed
}

/** The samples of an image that no codec has packed. */
async function plainPixels(
  copy: WorkingCopy,
  stream: PdfStream,
  readSpace: ReadSpace,
): Promise<Extract<Content, { kind: 'pixels' }> | undefined> {
  const facts = await imageFactsOf(copy, stream, readSpace)
  if (!facts || !isPlain(facts)) return undefined
  const content = await readContent(copy, stream, facts, undefined)
  return content?.kind === 'pixels' ? content : undefined
}

const isPlain = ({ codec, space, bits, ranges, width, height }: ImageFacts): boolean =>
  codec === 'none' &&
  space.kind === 'direct' &&
  bits === 8 &&
  ranges === 'usual' &&
  width * height <= mostPixels

/**
 * The colours of a picture from those that are mixed with its mask: c = m + (c′ − m) / α. What is hardly to be seen
 * through the mask gets the colours beside it.
 * @param cover what the mask lets through, 0 to 255
 * @param matte the colour with which it is mixed, 0 to 255 for each channel
 */
function unmixedPixels(mixed: Pixels, cover: Uint8Array, matte: readonly number[]): Pixels {
  const { channels } = mixed
  const samples = new Uint8Array(mixed.samples.length)
  const isKnown = new Uint8Array(cover.length)
  for (let pixel = 0, at = 0; pixel < cover.length; pixel++) {
    const part = (cover[pixel] ?? 0) / 255
    isKnown[pixel] = (cover[pixel] ?? 0) < leastCover ? 0 : 1
    for (let channel = 0; channel < channels; channel++, at++) {
      const ground = matte[channel] ?? 0
      const value = part === 0 ? ground : ground + ((mixed.samples[at] ?? 0) - ground) / part
      samples[at] = Math.min(255, Math.max(0, Math.round(value)))
    }
  }
  return spread({ ...mixed, samples }, isKnown)
}

async function written({ picture, pixels, space }: Unmixed) {
  const { bytes, entries } = await encodeLossless(pixels, space, false)
  const { width, height } = pixels
  const size = { '/Width': width, '/Height': height }
  return { bytes, dictionary: { ...lasting(picture.dictionary), ...size, ...entries } }
}
