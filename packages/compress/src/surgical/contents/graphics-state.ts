import type { Matrix } from '@pdf-smaller/pdf/matrix'

/** A colour that was set, and the space that it is of; undefined where these contents have not set it. */
export type Colour = { space: string | undefined; code: string | undefined }

/** The part of the graphics state (ISO 32000-1, 8.4) that tells how large things are drawn, and what was set last. */
export type GraphicsState = {
  ctm: Matrix
  /** Infinite where these contents have not set it. */
  fontSize: number
  /** The code that each of the operators that set one thing was last written with. */
  set: ReadonlyMap<string, string>
  fill: Colour
  stroke: Colour
}

const unset: Colour = { space: undefined, code: undefined }

/** @param scale points that a unit comes to */
export const initialGraphics = (scale: number): GraphicsState =>
  forgetting({
    ctm: [scale, 0, 0, scale, 0, 0],
    fontSize: Infinity,
    set: new Map(),
    fill: unset,
    stroke: unset,
  })

/** The same, with nothing known of what was set. */
export const forgetting = ({ ctm }: GraphicsState): GraphicsState => ({
  ctm,
  fontSize: Infinity,
  set: new Map(),
  fill: unset,
  stroke: unset,
})

/** The most that a unit comes to along either axis. */
export const scaleOf = ([a, b, c, d]: Matrix): number => Math.max(Math.hypot(a, b), Math.hypot(c, d))
