import type { PdfObjects } from '../objects/pdf-objects.ts'
import { boxOf, inherited } from './page-tree.ts'

/** A page as it is seen: the corners of its crop box in units of its user space, and how far it is turned clockwise. */
export type PageFrame = {
  left: number
  bottom: number
  right: number
  top: number
  rotation: 0 | 90 | 180 | 270
  /** How many points its unit is long (ISO 32000-1, 14.8.3.2). Engines take it for one. */
  unit: number
}

/** US letter, which readers take for pages that do not say (ISO 32000-1 demands that they do). */
const usualBox = [0, 0, 612, 792]

/** What of a page is seen. */
export function frameOf(objects: PdfObjects, page: string): PageFrame {
  const media = mediaBoxOf(objects, page)
  const crop = cornersOf(boxOf(objects, page, '/CropBox')) ?? media
  const seen = crop.map((each, index) => Math[index < 2 ? 'max' : 'min'](each, media[index] ?? each))
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = seen
  // Readers pass over a crop box that lies beside the page.
  const [left = 0, bottom = 0, right = 0, top = 0] = x0 < x1 && y0 < y1 ? seen : media
  const turned = ((objects.number(inherited(objects, page, '/Rotate')) % 360) + 360) % 360
  const rotation = ([0, 90, 180, 270] as const).find((each) => each === turned) ?? 0
  const unit = objects.number(objects.dictionary(page)['/UserUnit'])
  return { left, bottom, right, top, rotation, unit: unit > 0 ? unit : 1 }
}

/** Lower left and upper right corner of the sheet of a page. */
export const mediaBoxOf = (objects: PdfObjects, page: string): readonly number[] =>
  cornersOf(boxOf(objects, page, '/MediaBox')) ?? usualBox

/** How far what is seen of a page begins to the right of its media box, and below its top, as the page is seen. */
export function cropOffset(objects: PdfObjects, page: string): { x: number; y: number } {
  const { left, bottom, right, top, rotation } = frameOf(objects, page)
  const [mediaLeft = 0, mediaBottom = 0, mediaRight = 0, mediaTop = 0] = mediaBoxOf(objects, page)
  const edges = [left - mediaLeft, mediaTop - top, mediaRight - right, bottom - mediaBottom]
  const quarters = rotation / 90
  const edge = (side: number) => edges[(side + 4 - quarters) % 4] ?? 0
  return { x: edge(0), y: edge(1) }
}

/** Width and height as the page is seen, in units of its user space: points, as the engines take them all. */
export function pageSizeOf(objects: PdfObjects, page: string): { width: number; height: number } {
  const { left, bottom, right, top, rotation } = frameOf(objects, page)
  const [width, height] = [right - left, top - bottom]
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width }
}

/** Lower left and upper right corner of a box; undefined when it has no area the way round that it is given. */
export function cornersOf(box: readonly number[]): number[] | undefined {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = box
  const corners = [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)]
  return x0 === x1 || y0 === y1 ? undefined : corners
}
