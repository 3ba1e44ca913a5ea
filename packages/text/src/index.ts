export { boxesInOrder, areBoxes, isBox } from './boxes.ts'
export { inContentOrder } from './content-order.ts'
export * from './hocr.ts'
export { closedUp, gapBetween, runsOn, textOf, textOfPage } from './line-text.ts'
export * from './laid-out.ts'
export * from './lines-upright.ts'
export * from './placed-text.ts'
export { readable } from './readable.ts'
export {
  asSeen,
  type Direction,
  directionOf,
  hasLeftward,
  inReadingOrder,
  withoutMarks,
} from './reading-order.ts'
export * from './running-text.ts'
export * from './seen-text.ts'
export * from './tables.ts'
export { type Font, pixelsPerPoint, runsIn, type TextPart, type TextRun } from './text-runs.ts'
export { inUsualLetters, withUsualLetters } from './usual-letters.ts'
export { columnar } from './vertical-columns.ts'
export { hocrOf } from './written-hocr.ts'
