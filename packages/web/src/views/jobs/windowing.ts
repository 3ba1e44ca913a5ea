/** The rows that are drawn: those from `first` up to but not including `end`. */
export type Drawn = { first: number; end: number }

/** Rows that are drawn before and behind what is seen, so that scrolling finds them there. */
const spare = 8

/**
 * Which of many rows of one height are drawn.
 * @param top how far the list's beginning is above the upper edge of the screen; negative where it is below
 * @param height of the screen, and `row` that of a row: all in one unit
 */
export function drawn(
  count: number,
  { top, height, row }: { top: number; height: number; row: number },
): Drawn {
  const first = Math.max(0, Math.floor(top / row) - spare)
  const end = Math.min(count, Math.ceil((top + height) / row) + spare)
  return { first: Math.min(first, Math.max(0, count - 1)), end: Math.max(end, 0) }
}
