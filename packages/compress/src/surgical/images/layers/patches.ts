import { cut, type Pixels } from '@pdf-smaller/pictures/pixels'
import { encodeJpeg } from '../codec.ts'
import type { Box } from '../reading/marks.ts'

/** A part of a picture that stands over its new form as it was, and where. */
export type Patch = { box: Box; width: number; height: number; bytes: Uint8Array }

/** So much around what is lost, and no more between two that become one, in pixels of the page. */
const [margin, gap] = [4, 24]
/** With more of them, or on more of the page, the page is no page of text. */
const [mostLost, mostPatches, mostPart] = [200, 40, 0.03]
/** What the dictionary of a patch takes, and how it is placed. */
const patchBytes = 200
/** At this quality no mark was lost in any picture. */
const quality = 85

export const bytesOfPatches = (patches: readonly Patch[]): number =>
  patches.reduce((sum, { bytes }) => sum + bytes.length + patchBytes, 0)

/**
 * Cuts out what another form loses: a red icon, a photo of a stamp's size. A single mark does not cost a page all its gain.
 * @param boxes what is lost, in pixels of the page, which has `times` the sides of the picture
 * @returns undefined where too much is lost
 */
export async function patchesFor(
  boxes: readonly Box[],
  picture: Pixels,
  times: number,
): Promise<Patch[] | undefined> {
  if (boxes.length > mostLost) return undefined
  const rectangles = joined(boxes.map((box) => wider(box, margin))).map((box) => within(picture, box, times))
  const area = rectangles.reduce((sum, box) => sum + areaOf(box), 0)
  if (rectangles.length > mostPatches || area > mostPart * picture.width * picture.height) return undefined
  return Promise.all(rectangles.map((box) => patch(picture, box)))
}

async function patch(picture: Pixels, box: Box): Promise<Patch> {
  const [width, height] = [box.right - box.left, box.bottom - box.top]
  const samples = cut(picture, box.left, box.top, width, height)
  const bytes = await encodeJpeg({ ...picture, width, height, samples }, quality, '4:4:4')
  return { box, width, height, bytes }
}

/** Puts those together that touch or are close. */
function joined(boxes: readonly Box[]): Box[] {
  let apart: Box[] = []
  for (const each of boxes) {
    let box = each
    for (let near = nearTo(box, apart); near; near = nearTo(box, apart)) {
      const other = near
      apart = apart.filter((one) => one !== other)
      box = around(box, other)
    }
    apart.push(box)
  }
  return apart
}

function nearTo(box: Box, others: readonly Box[]): Box | undefined {
  const { left, top, right, bottom } = wider(box, gap)
  return others.find((one) => one.left < right && left < one.right && one.top < bottom && top < one.bottom)
}

const around = (one: Box, other: Box): Box => ({
  left: Math.min(one.left, other.left),
  top: Math.min(one.top, other.top),
  right: Math.max(one.right, other.right),
  bottom: Math.max(one.bottom, other.bottom),
})

const wider = ({ left, top, right, bottom }: Box, by: number): Box => ({
  left: left - by,
  top: top - by,
  right: right + by,
  bottom: bottom + by,
})

/** A box of the page in whole pixels of the picture. */
const within = ({ width, height }: Pixels, { left, top, right, bottom }: Box, times: number): Box => ({
  left: Math.max(0, Math.floor(left / times)),
  top: Math.max(0, Math.floor(top / times)),
  right: Math.min(width, Math.ceil(right / times)),
  bottom: Math.min(height, Math.ceil(bottom / times)),
})

const areaOf = ({ left, top, right, bottom }: Box) => (right - left) * (bottom - top)
