import type { Box } from '@pdf-smaller/text'
import type { Measured } from './measured.ts'
import type { Shape } from './shapes.ts'

/** From 2 points to 36: of print from 3 points to 50, as digits are two thirds as high. */
const [leastHeight, mostHeight] = [2, 36]
/** What is wider for its height is a rule or a picture, though letters touch each other. */
const widest = 12
/** What is so much higher than it is wide, and full of ink, is a rule. */
const narrowest = 8
/** Fewer letters beside each other are marks, and numbers of no account. */
const leastLetters = 3
/** The middle one of letters that stand together is no narrower for its height; pieces of broken rules are. */
const leastCompact = 0.3
/** How high a row is for its letters, with accents and descenders, and how much it sinks or rises, of its width. */
const [highestRow, steepest] = [2.5, 0.18]
/** Levels of 255 between ink and what it stands on; in photographs shapes are hardly darker than what is around them. */
const leastContrast = 50

/** Whether a shape is as large as letters are, or some that touch each other. */
export function isLetter({ left, top, right, bottom, ink }: Shape, dpi: number): boolean {
  const [across, down] = [right - left, bottom - top]
  const isRule = down > across * narrowest && ink > across * down * 0.8
  return (
    down >= (leastHeight * dpi) / 72 && down <= (mostHeight * dpi) / 72 && across <= down * widest && !isRule
  )
}

/** Whether shapes that stand beside each other are a row of letters, and no piece of a drawing, a frame or a photograph. */
export function isPrint(shapes: readonly Shape[], box: Box, page: Measured): boolean {
  const count = shapes.reduce(
    (sum, shape) => sum + Math.max(1, Math.round(widthOf(shape) / heightOf(shape))),
    0,
  )
  const compact = middle(
    shapes.map((shape) => Math.min(widthOf(shape), heightOf(shape)) / longerSideOf(shape)),
  )
  return (
    count >= leastLetters &&
    compact >= leastCompact &&
    isRow(shapes, box) &&
    contrastIn(box, page) >= leastContrast
  )
}

/** Letters lie along a line, which may be askew, or stand on their side. */
function isRow(shapes: readonly Shape[], [left, top, right, bottom]: Box): boolean {
  const [across, down] = [right - left, bottom - top]
  return (
    down <= middle(shapes.map(heightOf)) * highestRow + across * steepest ||
    across <= middle(shapes.map(widthOf)) * highestRow + down * steepest
  )
}

function contrastIn([left, top, right, bottom]: Box, { gray, inkBound }: Measured): number {
  let [ink, paper, inkCount, paperCount] = [0, 0, 0, 0]
  for (let y = top; y < bottom; y++)
    for (const shade of gray.samples.subarray(y * gray.width + left, y * gray.width + right)) {
      if (shade <= inkBound) [ink, inkCount] = [ink + shade, inkCount + 1]
      else [paper, paperCount] = [paper + shade, paperCount + 1]
    }
  return paperCount === 0 || inkCount === 0 ? 0 : paper / paperCount - ink / inkCount
}

const widthOf = ({ left, right }: Shape) => right - left
const heightOf = ({ top, bottom }: Shape) => bottom - top
const longerSideOf = (shape: Shape) => Math.max(widthOf(shape), heightOf(shape))

const middle = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0
