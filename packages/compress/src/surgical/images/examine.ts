import { orAsItIs, type PdfStream } from '@pdf-smaller/pdf'
import type { ImageClass } from '../../report/picture.ts'
import type { ImageReason } from '../../report/reasons.ts'
import type { Work } from '../../work.ts'
import { tellsLightness } from './black-white.ts'
import type { Foreign } from './drawn.ts'
import type { Place } from './places.ts'
import { imageFactsOf, type ImageFacts, isDelicate } from './reader/facts.ts'
import { needsPoppler } from './reader/read.ts'
import { isDevice, type ReadSpace, type Space } from './reader/space.ts'
import { classOf } from './tally.ts'

/** Larger images are left alone: decoded they would take more memory than a worker has for one. */
const mostPixels = 80_000_000
/** Smaller images are not worth their new header. */
const leastBytes = 600

/** What is known of the document around its images. */
export type Surroundings = {
  readSpace: ReadSpace
  /** Whether device colours may mean something else on some page. */
  isOverridden: boolean
  placeOf: (reference: string) => Place
}

/** An image that may be encoded anew. */
export type Image = {
  stream: PdfStream
  facts: ImageFacts
  bytes: number
  place: Place
  /** Whether it is taken as Poppler draws it, since its colours are to go and only a renderer knows them. */
  isDrawn: boolean
}

/** An image that stays as it is, and why. */
export type Kept = { class: ImageClass; before: number; kept: ImageReason }

/** Looks what an image is, and whether it may be encoded anew. */
export async function examine(
  { document: { copy }, settings }: Work,
  stream: PdfStream,
  { readSpace, isOverridden, placeOf }: Surroundings,
): Promise<Image | Kept> {
  const bytes = stream.file.length
  const place = placeOf(stream.reference)
  const facts = await orAsItIs(() => imageFactsOf(copy, stream, readSpace))
  const keep = (kept: ImageReason): Kept => ({
    class: facts ? classOf(facts, place) : 'other',
    before: bytes,
    kept,
  })
  if (!facts) return keep('not_understood')
  if (isDelicate(stream.dictionary, place.isSoftMask, copy)) return keep('masked_by_colour')
  if (bytes < leastBytes && settings.colours === 'keep') return keep('few_bytes')
  if (facts.width * facts.height > mostPixels) return keep('too_large')
  const { space } = facts
  if (isOverridden && changesWithPage(facts)) return keep('colours_by_page')
  const isDrawn =
    settings.colours !== 'keep' &&
    !isBilevel(facts) &&
    (space.kind === 'drawn' || isCmyk(space) || !tellsItsLightness(space, copy))
  if (space.kind === 'drawn' && !isDrawn) return keep('colours_unsure')
  return { stream, facts, bytes, place, isDrawn }
}

const isCmyk = (space: Space) => space.kind === 'direct' && space.components === 4

/** Whether an image is black and white, or two other colours. */
const isBilevel = ({ bits, space }: ImageFacts) =>
  bits === 1 && (space.kind !== 'direct' || space.components === 1)

const tellsItsLightness = (space: Space, copy: Work['document']['copy']) =>
  space.kind === 'direct' || space.kind === 'indexed' ? tellsLightness(space.value, copy) : true

/** Whether a new form would put colours of a device in another place: there a page may not give them another meaning. */
const changesWithPage = ({ space, bits }: ImageFacts) =>
  space.kind === 'brought' || (space.kind === 'indexed' && bits > 1 && isDevice(space.base))

/** What Poppler is to decode of an image, if anything. */
export function foreignOf(image: Image): Foreign[] {
  const { stream, facts, isDrawn } = image
  const { dictionary } = stream
  if (isDrawn) return [{ stream, space: dictionary['/ColorSpace'], decode: dictionary['/Decode'] ?? null }]
  return needsPoppler(facts) ? [{ stream, space: deviceSpaceOf(facts.space), decode: null }] : []
}

/** The space in which samples come back as they are. */
function deviceSpaceOf(space: Space): unknown {
  if (space.kind === 'brought') return undefined
  return space.kind === 'direct' && space.components === 3 ? '/DeviceRGB' : '/DeviceGray'
}
