import type { Box } from '@pdf-smaller/pdf/matrix'

/** What lies at a place: how light it was, and whether it has become black or white; undefined for an image. */
export type Ground = { lightness: number; becomes: Tone | undefined }
/** 0 is black, 1 is white, as in DeviceGray. */
export type Tone = 0 | 1

/** What is lighter becomes a white ground, so that tints do, while bars of charts stay. */
const lightArea = 0.65
const lightAlone = 0.5
/** Lines and small shapes that stand out less vanish, text only when it was not to be seen. */
const [faintMark, faintText] = [0.2, 0.02]
/** The areas painted last are remembered. */
const mostAreas = 500

export type Grounds = {
  at: (x: number, y: number) => Ground
  add: (box: Box, ground: Ground) => void
}

/** The areas painted so far, on white paper. */
export function openGrounds(): Grounds {
  const areas: { box: Box; ground: Ground }[] = []
  return {
    at: (x, y) =>
      areas.findLast(
        ({ box: [left, bottom, right, top] }) => x >= left && x <= right && y >= bottom && y <= top,
      )?.ground ?? { lightness: 1, becomes: 1 },
    add: (box, ground) => {
      if (areas.length === mostAreas) areas.shift()
      areas.push({ box, ground })
    },
  }
}

export const toneOfArea = (lightness: number): Tone => (lightness < lightArea ? 0 : 1)

/** The tone of a line or small shape: it stays visible on its ground if it clearly was. */
export const toneOfMark = (lightness: number, ground: Ground): Tone => contrast(lightness, ground, faintMark)

/** The tone of text: it stays readable on its ground, however faint its colour. */
export const toneOfText = (lightness: number, ground: Ground): Tone => contrast(lightness, ground, faintText)

function contrast(lightness: number, ground: Ground, faint: number): Tone {
  if (ground.becomes === undefined) return lightness < lightAlone ? 0 : 1
  const isSeen = Math.abs(lightness - ground.lightness) >= faint
  return isSeen === (ground.becomes === 1) ? 0 : 1
}
