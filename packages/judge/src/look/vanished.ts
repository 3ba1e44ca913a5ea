import { lumaOf, type Pixels } from '@pdf-smaller/pictures/pixels'

/** Side of the tiles, in pixels: a word or two of a page drawn for comparison. */
const side = 32
/** Luma within a tile must spread by so much to show something, and by so little to show nothing. */
const [something, nothing] = [96, 24]

/**
 * The part of the tiles of a picture with something clearly to be seen in which another picture of the same size shows
 * nothing, 0 to 1: structural similarity says little where shades have become black and white.
 */
export function vanishedPart(before: Pixels, after: Pixels): number {
  if (before.width !== after.width || before.height !== after.height) return 1
  const [had, has] = [spreadsOf(before), spreadsOf(after)]
  let [shown, vanished] = [0, 0]
  for (const [tile, spread] of had.entries()) {
    if (spread < something) continue
    shown++
    if ((has[tile] ?? 0) <= nothing) vanished++
  }
  return shown === 0 ? 0 : vanished / shown
}

/** The range of luma in each tile. */
function spreadsOf(picture: Pixels): number[] {
  const { width, height, samples } = lumaOf(picture)
  const spreads: number[] = []
  for (let top = 0; top < height; top += side) {
    for (let left = 0; left < width; left += side) {
      let [least, most] = [255, 0]
      for (let y = top; y < Math.min(top + side, height); y++) {
        for (let x = left; x < Math.min(left + side, width); x++) {
          const value = samples[y * width + x] ?? 0
          least = Math.min(least, value)
          most = Math.max(most, value)
        }
      }
      spreads.push(most - least)
    }
  }
  return spreads
}
