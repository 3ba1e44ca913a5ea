import type { Dictionary } from '@pdf-smaller/pdf'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import type { Settings } from '../../levels.ts'
import type { NewStream } from '../new-stream.ts'
import { chooseEncoding, firstScale, type Judged } from './choose.ts'
import { encodeJpeg, progressiveJpeg } from './codec.ts'
import type { Layer } from './layers/layered.ts'
import { type Encoded, encodeLossless } from './lossless.ts'
import { mosaicOf } from './mosaic.ts'
import type { Picture } from './picture-to-pack.ts'
import { ppiOf, weightOf } from './places.ts'
import { openTrials, remembering, resizedBy } from './trial.ts'

/** An encoding of a picture, the settings whose bargain it is, and the pixels per inch that it leaves. */
export type Proposal = { settings: Settings; chosen: Judged; ppi: number }

/** What a picture may become in one stream; a form with a JPEG may have lost something. */
export type Form = { stream: NewStream; jpeg?: Layer }

export type Forms = {
  /** @param rival the cost of another form; the search ends where it can't be reached any more */
  bargain: (settings: Settings, rival?: number) => Promise<Proposal>
  /** The picture as JPEG or without loss, whichever is the better bargain; undefined where neither gains. */
  made: (proposal: Proposal) => Promise<Form | undefined>
  /** The form without loss, if it gains. */
  lossless: () => Promise<NewStream | undefined>
}

/** A lossy copy must save a tenth, a lossless one a fiftieth. */
export const lossyGain = 0.9
const losslessGain = 0.98
/** What samples say of sizes may be wrong by so much, as a natural logarithm: by half. */
const doubt = 0.4
/** Below it, soft edges show steps. */
const leastMaskQuality = 75

/**
 * Tries encodings of a picture, each once, whatever settings ask for them.
 * @param bytes what a new form has to be smaller than
 */
export function openForms(picture: Picture, bytes: number): Forms {
  const { pixels, space, lasting, place, isJpeg, settings: asked } = picture
  const encode = isJpeg ? encodeJpeg : progressiveJpeg
  const ppi = ppiOf(place)
  const reduced = remembering((scale: number) =>
    scale < 1 ? resizedBy(pixels, scale) : Promise.resolve(pixels),
  )
  const trialsAt = remembering(async (scale: number) =>
    openTrials(await reduced(scale), place.viewPpi / ppi / scale),
  )
  const withoutLoss = remembering((cost: number) => losslessIfClose(picture, cost))
  let firstCost: number | undefined
  const lossless = async () => (isJpeg ? undefined : withoutLoss((firstCost ??= Infinity)))
  const streamOf = ({ bytes: packed, entries }: Encoded): NewStream | undefined =>
    packed.length > bytes * losslessGain
      ? undefined
      : { bytes: packed, dictionary: { ...lasting, ...sizeEntries(pixels), ...entries } }
  return {
    bargain: async (settings, rival) => {
      const first = firstScale(ppi, settings.resolutions)
      const leastQuality = place.isSoftMask
        ? Math.max(leastMaskQuality, settings.leastQuality)
        : settings.leastQuality
      const own = { ...settings, leastQuality }
      const weight = weightOf(place)
      const chosen = await chooseEncoding(await trialsAt(first), ppi * first, own, weight, rival)
      firstCost ??= chosen.cost
      const look = asked.insists ? 0 : asked.price * weight * chosen.missed
      return { settings, chosen: { ...chosen, look }, ppi: ppi * first * chosen.scale }
    },
    made: async ({ settings, chosen }) => {
      const { look, size, quality, scale } = chosen
      const other = await lossless()
      const isWorthATry = size + look < Math.log(bytes) + doubt
      const small = await sized(firstScale(ppi, settings.resolutions), scale)
      const jpeg = isWorthATry ? await encode(small, quality) : undefined
      if (other && (!jpeg || other.bytes.length < jpeg.length * Math.exp(look))) {
        const stream = streamOf(other)
        return stream && { stream }
      }
      const isBargain = jpeg && jpeg.length * Math.exp(look) < bytes * lossyGain
      const dictionary = { ...lasting, ...jpegEntries(small, space) }
      if (!isBargain) return undefined
      const { width, height } = small
      return {
        stream: { bytes: jpeg, dictionary, lost: chosen.lost, of: settings.of },
        jpeg: { width, height, bytes: jpeg },
      }
    },
    lossless: async () => {
      // What is not close to another form may still be closer than what there is.
      const other = (await lossless()) ?? (isJpeg ? undefined : await withoutLoss(Math.log(bytes)))
      return other && streamOf(other)
    },
  }
  function sized(first: number, scale: number): Promise<Pixels> {
    return scale < 1 ? resizedBy(pixels, first * scale) : reduced(first)
  }
}

const sizeEntries = ({ width, height }: Pixels) => ({ '/Width': width, '/Height': height })

const jpegEntries = (pixels: Pixels, space: unknown): Dictionary => ({
  ...sizeEntries(pixels),
  '/ColorSpace': space,
  '/BitsPerComponent': 8,
  '/Filter': '/DCTDecode',
})

/** The lossless form, where a sample of the image says that it may be the better bargain. */
async function losslessIfClose(
  { pixels, space, place, mayIndex }: Picture,
  cost: number,
): Promise<Encoded | undefined> {
  const mayTable = mayIndex && !place.isSoftMask
  const mosaic = mosaicOf(pixels)
  const share = (pixels.width * pixels.height) / (mosaic.width * mosaic.height)
  const sample = await encodeLossless(mosaic, space, mayTable)
  if (mosaic === pixels) return sample
  const isClose = Math.log(sample.bytes.length * share) < cost + doubt
  return isClose ? encodeLossless(pixels, space, mayTable) : undefined
}
