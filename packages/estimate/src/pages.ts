import type { ObjectText } from './objects.ts'

/** Counts pages and measures them. */
type Pages = {
  note: (object: ObjectText) => void
  found: () => { pages: number | undefined; pageArea: number | undefined }
}

/** The numbers of so many pages are remembered, so that none that was changed later counts twice. */
const mostPages = 200_000
const pointsPerInch = 72
const number = '(-?\\d{1,9}(?:\\.\\d{0,9})?)'
const mediaBox = new RegExp(
  `/MediaBox\\s{0,8}\\[\\s{0,8}${number}\\s{1,8}${number}\\s{1,8}${number}\\s{1,8}${number}`,
)

export function openPages(): Pages {
  const numbers = new Set<number>()
  let areas = 0
  let boxes = 0
  return {
    note: ({ number, text }) => {
      if (numbers.size < mostPages && /\/Type\s{0,8}\/Page\b/.test(text)) numbers.add(number)
      const area = areaOf(text)
      if (area === undefined) return
      areas += area
      boxes++
    },
    found: () => ({
      pages: numbers.size > 0 ? numbers.size : undefined,
      pageArea: boxes > 0 ? areas / boxes : undefined,
    }),
  }
}

function areaOf(text: string): number | undefined {
  const [, left, bottom, right, top] = mediaBox.exec(text)?.map(Number) ?? []
  if (left === undefined || bottom === undefined || right === undefined || top === undefined) return undefined
  const area = Math.abs((right - left) * (top - bottom)) / pointsPerInch ** 2
  return area > 0 ? area : undefined
}
