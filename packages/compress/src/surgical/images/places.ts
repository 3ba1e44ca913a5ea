import type { PlacedImage } from '@pdf-smaller/engines'
import { longestSide } from '@pdf-smaller/judge/limits'
import type { PdfStream, WorkingCopy } from '@pdf-smaller/pdf'
import { pageSizeOf } from '@pdf-smaller/pdf/page-frame'
import type { InspectedDocument } from '../../inspect.ts'
import { drawnUnlisted } from './unlisted.ts'

/** Where an image is seen, as far as it is known. */
export type Place = {
  /** Pixels per inch where it is placed largest; undefined where it is not placed on a page, or elsewhere too. */
  ppi: number | undefined
  /** The part of its page that it covers there, 0 to 1. */
  coverage: number
  /** Pixels per inch in which its look is compared. */
  viewPpi: number
  /** Pixels per inch with which the judge draws its page. */
  drawnPpi: number
  isSoftMask: boolean
}

/** Looks are compared as on a screen or in print of so many pixels per inch at least, on small pages as the judge draws them. */
const [leastView, mostView] = [100, 200]
/** An image that is not placed on a page may be placed anywhere: it keeps its resolution. */
const unplacedPpi = 150
/** However small an image is on its page, its look counts for so much. */
const leastWeight = 0.35

export const ppiOf = ({ ppi }: Place): number => ppi ?? unplacedPpi

/** The part of the price of look that counts for an image. */
export const weightOf = ({ coverage }: Place): number => Math.max(leastWeight, coverage)

export type Places = {
  placeOf: (reference: string) => Place
  /** The pages that show an image; all of them when it is not known. */
  pagesOf: (reference: string) => Iterable<number>
}

const pointsPerInch = 72

/** Where the images of a document are seen. */
export function placesOf(
  { copy, pageReferences }: InspectedDocument,
  images: readonly PdfStream[],
  placed: readonly PlacedImage[],
): Places {
  const largest = new Map<string, PlacedImage>()
  const shown = new Map<string, Set<number>>()
  for (const place of placed) {
    // A mask is listed with the number of its picture.
    if (!place.object || place.type === 'smask' || place.type === 'mask') continue
    const reference = `${place.object} R`
    shown.set(reference, (shown.get(reference) ?? new Set()).add(place.page))
    const known = largest.get(reference)
    if (place.ppi > 0 && (!known || place.ppi < known.ppi)) largest.set(reference, place)
  }
  for (const reference of drawnUnlisted(copy)) {
    largest.delete(reference)
    shown.delete(reference)
  }
  for (const [mask, pictures] of masksOf(copy, images)) {
    const seen = pictures.flatMap((each) => maskPlace(mask, each, largest.get(each.reference)) ?? [])
    const [first, ...more] = seen
    if (!first || seen.length < pictures.length) continue
    largest.set(
      mask.reference,
      more.reduce((one, other) => (other.ppi < one.ppi ? other : one), first),
    )
    shown.set(mask.reference, new Set(pictures.flatMap(({ reference }) => [...(shown.get(reference) ?? [])])))
  }
  const softMasks = new Set(images.map(({ dictionary }) => dictionary['/SMask']))
  for (const [, dictionary] of copy.dictionaries()) softMasks.add(dictionary['/SMask'])
  const seenOn = ({ page, width, height, ppi }: PlacedImage) => {
    const seen = pageSizeOf(copy, pageReferences[page - 1] ?? '')
    const pageArea = (seen.width * seen.height) / pointsPerInch ** 2
    const drawnPpi = (longestSide * pointsPerInch) / Math.max(seen.width, seen.height)
    return {
      coverage: Math.min(1, (width * height) / ppi ** 2 / pageArea),
      viewPpi: Math.min(mostView, Math.max(leastView, drawnPpi)),
      drawnPpi,
    }
  }
  const all = pageReferences.map((_, index) => index + 1)
  return {
    placeOf: (reference) => {
      const place = largest.get(reference)
      const seen = place ? seenOn(place) : { coverage: 1, viewPpi: leastView, drawnPpi: leastView }
      return { ppi: place?.ppi, ...seen, isSoftMask: softMasks.has(reference) }
    },
    pagesOf: (reference) => shown.get(reference) ?? all,
  }
}

type Sized = { reference: string; width: number; height: number }

/** The soft masks of images, and the images of each. */
function masksOf(copy: WorkingCopy, images: readonly PdfStream[]): Iterable<[Sized, Sized[]]> {
  const sized = ({ reference, dictionary }: PdfStream): Sized => ({
    reference,
    width: copy.number(dictionary['/Width']),
    height: copy.number(dictionary['/Height']),
  })
  const masks = new Map<string, [Sized, Sized[]]>()
  for (const image of images) {
    const mask = copy.stream(image.dictionary['/SMask'])
    if (!mask) continue
    const [own, pictures] = masks.get(mask.reference) ?? [sized(mask), []]
    masks.set(mask.reference, [own, [...pictures, sized(image)]])
  }
  return masks.values()
}

/** Where a mask is seen: where its picture is, with which it is drawn into the same square. */
function maskPlace(mask: Sized, picture: Sized, place: PlacedImage | undefined): PlacedImage | undefined {
  const times = Math.min(mask.width / picture.width, mask.height / picture.height)
  if (!place || !(times > 0) || !Number.isFinite(times)) return undefined
  return { ...place, width: mask.width, height: mask.height, ppi: place.ppi * times }
}
