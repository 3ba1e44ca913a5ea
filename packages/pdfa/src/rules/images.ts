import type { Jpeg2000 } from '../images/jpeg2000.ts'
import type { Broken } from '../finding.ts'
import { renderingIntents } from '../contents/usage.ts'
import { gone, type Rule } from './rule.ts'

const depths: readonly unknown[] = [undefined, 1, 2, 4, 8, 16]
/** The enumerated colour space that is neither of PDF nor of JPX's first part: CIECAM, for one. */
const unknownSpace = 19

/** Images are drawn as they are, and in one form (6.2.8). */
export const images: Rule = function* (image, facts, { isObject }) {
  if (!isObject || image['/Subtype'] !== '/Image') return
  const { objects } = facts
  if (image['/Alternates'] !== undefined)
    yield gone('6.2.8', 'an image has others in its place', '/Alternates', 'alternate images')
  if (image['/OPI'] !== undefined) yield gone('6.2.8', 'it stands for another', '/OPI', 'OPI comments')
  if (objects.resolve(image['/Interpolate']) === true)
    yield gone('6.2.8', 'an image is interpolated', '/Interpolate', 'interpolation of images')
  if (image['/Intent'] !== undefined && !renderingIntents.includes(objects.resolve(image['/Intent'])))
    yield gone('6.2.6', 'there is no such rendering intent', '/Intent')
  const isJpeg2000 = facts.jpeg2000.has(image)
  const depth = objects.resolve(image['/BitsPerComponent'])
  const isMask = objects.resolve(image['/ImageMask']) === true
  if (!isJpeg2000 && !(isMask ? [undefined, 1] : depths).includes(depth))
    yield { clause: '6.2.8', says: `an image has ${String(depth)} bits for a component` }
  if (isJpeg2000) yield* jpeg2000(image['/ColorSpace'] !== undefined, facts.jpeg2000.get(image))
}

function* jpeg2000(hasSpace: boolean, read: Jpeg2000 | undefined): Iterable<Broken> {
  if (!read) return
  const broken = (says: string) => ({ clause: '6.2.8.3', says: `a JPEG 2000 image ${says}` })
  const { channels, depth, hasOwnDepths, spaces } = read
  if (![1, 2, 3, 4, 5].includes(channels)) yield broken(`has ${channels} channels`)
  if (hasOwnDepths || depth < 1 || depth > 38) yield broken('has channels of several depths')
  if (hasSpace) return
  const best = spaces.filter(({ approximation }) => approximation === 1)
  const [space] = spaces.length === 1 ? spaces : best
  if (!space || (spaces.length > 1 && best.length !== 1)) yield broken('does not have one colour space')
  else if (![1, 2, 3].includes(space.method) || space.enumerated === unknownSpace)
    yield broken('has a colour space that PDF does not know')
}
