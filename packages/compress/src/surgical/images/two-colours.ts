import type { Dictionary, PdfObjects } from '@pdf-smaller/pdf'
import type { Colours } from '../../levels.ts'
import type { Bitmap } from '@pdf-smaller/pictures/bitmap'
import { lumaOf } from '@pdf-smaller/pictures/pixels'
import { lightnessIn } from '../black-white/lightness.ts'
import type { NewStream } from '../new-stream.ts'
import { bilevelStream } from './bilevel.ts'
import { tellsLightness } from './black-white.ts'
import type { Space } from './reader/space.ts'

/**
 * An image of 1 bit without its colours: in the greys of their lightness, or with the darker one black. Undefined where
 * it has none: it is black and white already, or a stencil.
 */
export function renewTwoColours(
  bitmap: Bitmap,
  space: Space,
  lasting: Dictionary,
  colours: Exclude<Colours, 'keep'>,
  objects: PdfObjects,
): NewStream | undefined {
  const greys = greysOf(space, objects)
  if (!greys) return undefined
  const [first, second] = greys
  if (colours === 'grayscale') {
    const table = `b:${Buffer.from(greys).toString('hex')}`
    return bilevelStream(bitmap, ['/Indexed', '/DeviceGray', 1, table], lasting)
  }
  const bits = first > second ? bitmap.bits.map((byte) => ~byte) : bitmap.bits
  return bilevelStream({ ...bitmap, bits }, '/DeviceGray', lasting)
}

/** The lightness of both colours, 0 to 255. */
function greysOf(space: Space, objects: PdfObjects): [number, number] | undefined {
  if (space.kind === 'indexed' && tellsLightness(space.base, objects)) {
    const { components: channels, table } = space
    const { samples } = lumaOf({ width: 2, height: 1, channels, samples: table })
    return [samples[0] ?? 0, samples[1] ?? 0]
  }
  if (space.kind !== 'direct' && space.kind !== 'indexed') return undefined
  if (space.kind === 'direct' && tellsLightness(space.value, objects)) return undefined
  const amounts = space.kind === 'direct' ? [0, 255] : [...space.table]
  const base = space.kind === 'direct' ? space.value : space.base
  const grey = (amount = 0) => Math.round(255 * lightnessIn(base, [amount / 255], objects))
  return [grey(amounts[0]), grey(amounts[1])]
}
