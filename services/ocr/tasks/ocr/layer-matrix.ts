import type { Matrix } from '@pdf-smaller/pdf/matrix'
import type { PageFrame } from '@pdf-smaller/pdf/page-frame'

/**
 * Lays a picture of a page, `width` × `height` with its origin at the lower left, over what of the page is seen; the
 * picture stands upright as readers show the page, turned as it may be.
 */
export function layerMatrix(frame: PageFrame, width: number, height: number): Matrix {
  const { left, bottom, right, top, rotation } = frame
  const isSideways = rotation % 180 !== 0
  const x = (isSideways ? top - bottom : right - left) / width
  const y = (isSideways ? right - left : top - bottom) / height
  switch (rotation) {
    case 0:
      return [x, 0, 0, y, left, bottom]
    case 90:
      return [0, x, -y, 0, right, bottom]
    case 180:
      return [-x, 0, 0, -y, right, top]
    case 270:
      return [0, -x, y, 0, left, top]
    default:
      return rotation satisfies never
  }
}
