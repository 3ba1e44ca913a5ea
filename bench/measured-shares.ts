import type { Constants, Image, StreamKind, Structure } from '@pdf-smaller/estimate'
import type { Sample } from './sample.ts'

/** What can be read off the results: the share of a part that is left. */
type Share = Exclude<StreamKind, 'packedObjects'> | 'masks' | Bilevel
type Bilevel = 'ccitt' | 'jbig2' | 'bilevel'

/** Smaller parts say little, and a share that few files tell of is left as it is. */
const leastBytes = 2000
const leastFiles = 3
/** Fonts change their kind, so files count whose fonts are nearly all of one. */
const nearlyAll = 0.8

/** The constants with the shares that are left in most of the results: their medians. */
export function withMeasuredShares(start: Constants, samples: readonly Sample[]): Constants {
  const median = (share: Share, before: (of: Structure) => number, after: (of: Structure) => number) => {
    const shares = samples
      .filter(({ structure }) => before(structure) >= leastBytes)
      .map(({ structure, result }) => after(result) / before(structure))
      .sort((one, other) => one - other)
    return shares.length < leastFiles ? start[share] : (shares[Math.floor(shares.length / 2)] ?? start[share])
  }
  const font = (kind: 'type1Fonts' | 'cffFonts' | 'hintedFonts' | 'plainFonts') =>
    median(
      kind,
      ({ parts }) => (parts[kind].packed > fonts(parts) * nearlyAll ? fonts(parts) : 0),
      ({ parts }) => fonts(parts),
    )
  const bilevel = (kind: Bilevel) =>
    median(
      kind,
      (of) => bytesOf(of, (image) => image.class === kind),
      (of) => bytesOf(of, isBilevel),
    )
  return {
    ...start,
    type1Fonts: font('type1Fonts'),
    cffFonts: font('cffFonts'),
    hintedFonts: font('hintedFonts'),
    plainFonts: font('plainFonts'),
    contents: median(
      'contents',
      ({ parts }) => parts.contents.packed,
      ({ parts }) => parts.contents.packed,
    ),
    metadata: median(
      'metadata',
      ({ parts }) => parts.metadata.bytes,
      ({ parts }) => parts.metadata.bytes,
    ),
    others: median(
      'others',
      ({ parts }) => parts.others.packed,
      ({ parts }) => parts.others.packed,
    ),
    masks: median(
      'masks',
      (of) => bytesOf(of, isMask),
      (of) => bytesOf(of, isMask),
    ),
    ccitt: bilevel('ccitt'),
    jbig2: bilevel('jbig2'),
    bilevel: bilevel('bilevel'),
  }
}

const fonts = ({ type1Fonts, cffFonts, hintedFonts, plainFonts }: Structure['parts']) =>
  type1Fonts.packed + cffFonts.packed + hintedFonts.packed + plainFonts.packed

const isMask = (image: Image) => image.class === 'mask'
const isBilevel = (image: Image) =>
  image.class === 'ccitt' || image.class === 'jbig2' || image.class === 'bilevel'

const bytesOf = ({ images }: Structure, isMeant: (image: Image) => boolean) =>
  images.filter(isMeant).reduce((sum, { bytes }) => sum + bytes, 0)
