/** How large pages are drawn: by resolution, in pixels per inch, or so that the longer side has so many pixels. */
export type Scale = { dpi: number } | { longestSide: number }

/** The arguments by which Poppler's drawing programs know pages and size. */
export function rangeArgs(first: number, last: number, scale: Scale): string[] {
  const size = 'dpi' in scale ? ['-r', String(scale.dpi)] : ['-scale-to', String(scale.longestSide)]
  return ['-f', String(first), '-l', String(last), ...size]
}
