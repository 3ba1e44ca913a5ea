import { type Dictionary, isReference, type WorkingCopy } from '@pdf-smaller/pdf'
import { mapped, type Matrix } from '@pdf-smaller/pdf/matrix'
import type { PageFrame } from '@pdf-smaller/pdf/page-frame'

/** Turns what a page shows clockwise, as it is seen, around the middle of what is seen of it. */
export function straighteningMatrix({ left, bottom, right, top }: PageFrame, degrees: number): Matrix {
  const radians = (degrees * Math.PI) / 180
  const [cosine, sine] = [Math.cos(radians), Math.sin(radians)]
  const [x, y] = [(left + right) / 2, (bottom + top) / 2]
  return [cosine, -sine, sine, cosine, x - cosine * x - sine * y, y + sine * x - cosine * y]
}

/**
 * The annotations of a page at the places that a matrix moves them to. Their rectangles have no direction: their middle
 * moves, and they stay as large as they are.
 */
export function movedAnnotations(copy: WorkingCopy, annotations: unknown, matrix: Matrix): unknown[] {
  return copy.array(annotations).map((annotation) => {
    const moved = movedAnnotation(copy, copy.dictionary(annotation), matrix)
    if (!isReference(annotation)) return moved
    copy.put(annotation, { value: moved })
    return annotation
  })
}

function movedAnnotation(copy: WorkingCopy, dictionary: Dictionary, matrix: Matrix): Dictionary {
  const numbers = (key: string) => copy.array(dictionary[key]).map(copy.number)
  const [left = 0, bottom = 0, right = 0, top = 0] = numbers('/Rect')
  const middle = [(left + right) / 2, (bottom + top) / 2] as const
  const [x, y] = mapped(middle, matrix)
  const [across, up] = [x - middle[0], y - middle[1]]
  const corners = numbers('/QuadPoints')
  return {
    ...dictionary,
    '/Rect': [left + across, bottom + up, right + across, top + up],
    ...(corners.length > 0 ? { '/QuadPoints': movedPoints(corners, matrix) } : {}),
  }
}

/** Coordinates of points, one behind the other. */
const movedPoints = (points: readonly number[], matrix: Matrix): number[] =>
  points.flatMap((x, index) => (index % 2 === 0 ? mapped([x, points[index + 1] ?? 0], matrix) : []))
