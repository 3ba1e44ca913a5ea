import { localMeans } from '@pdf-smaller/pictures/local-means'
import { percentile } from '@pdf-smaller/pictures/percentile'
import type { Pixels } from '@pdf-smaller/pictures/pixels'
import type { Plane } from '@pdf-smaller/pictures/ssim'
import { coloursIn } from './colours-in.ts'
import { type FoundMarks, type MarkCollector, openMarks, type Polarity } from './marks.ts'

/** The marks of a page, where they are, and the deviation of its noise. */
export type PageMarks = FoundMarks & { grain: number }

/** A mark differs from what is around it by a tenth of full contrast at least, and by more than grain does. */
const [leastContrast, grainDeviations] = [24, 4]
/** With more grain than this, in levels, nothing can be told from it. */
const mostGrain = 24
/**
 * The point of 4 pt type is .35 pt wide and .42 pt high, and 100 levels darker than paper where it is grey. Blur spreads
 * that and keeps the sum, levels times square points; what comes to less is grain, or the ripple of a JPEG.
 */
const leastSum = 14
/** What is around: a sixth of an inch, as where ink is told from paper. A mark is judged in parts of that height. */
const windowsPerInch = 6
/** Where what is around is darker than this part of the page's paper, marks are light. */
const [darkGround, paperPart, paperStep] = [0.55, 0.9, 13]

/**
 * Finds the marks of a page: connected ink of a pixel or more, whatever stands out from what is around it, down to the
 * point of 4 pt type. Nothing is recognised.
 * @param luma the lightness of the page
 * @param page in a resolution in which such a point is several pixels: 250 pixels per inch or more
 * @returns undefined where it can't be told: no page of text has so much grain, or so many marks
 */
export function marksOf(page: Pixels, luma: Plane, ppi: number): PageMarks | undefined {
  const grain = grainOf(luma)
  if (grain > mostGrain) return undefined
  const standOut = {
    contrast: Math.max(leastContrast, grain * grainDeviations),
    darkBelow: percentile(luma.samples, paperPart, 0, paperStep) * darkGround,
  }
  const around = Math.round(ppi / windowsPerInch)
  const marks = openMarks(around)
  const { width } = page
  let y = 0
  for (const means of localMeans(luma, around >> 1)) {
    collect(marks, page, luma.samples.subarray(y * width, (y + 1) * width), means, y, standOut)
    marks.endRow()
    if (marks.isFull()) return undefined
    y++
  }
  return { ...marks.found(leastSum * (ppi / 72) ** 2), grain }
}

/** The deviation of the noise: the median difference of near pixels, most of which are paper, is .954 of it. */
function grainOf({ samples }: Plane): number {
  const differences = new Uint8Array(Math.floor((samples.length - 3) / paperStep))
  for (let at = 0; at < differences.length; at++) {
    const place = at * paperStep
    differences[at] = Math.abs((samples[place] ?? 0) - (samples[place + 3] ?? 0))
  }
  return percentile(differences, 0.5) / 0.954
}

/** Finds the runs of a row that stand out. */
function collect(
  marks: MarkCollector,
  page: Pixels,
  luma: Uint8Array,
  means: Float32Array,
  y: number,
  { contrast, darkBelow }: { contrast: number; darkBelow: number },
): void {
  const isDark = (x: number) => (means[x] ?? 0) - (luma[x] ?? 0) > contrast
  const isLight = (x: number) => (means[x] ?? 0) - (luma[x] ?? 0) < -contrast && (means[x] ?? 0) < darkBelow
  for (let x = 0; x < luma.length; x++) {
    // Nearly all pixels end here.
    const darker = (means[x] ?? 0) - (luma[x] ?? 0)
    if (darker <= contrast && darker >= -contrast) continue
    const polarity: Polarity | undefined = isDark(x) ? 'dark' : isLight(x) ? 'light' : undefined
    if (!polarity) continue
    const start = x
    let [around, lightness] = [0, 0]
    do {
      around += means[x] ?? 0
      lightness += luma[x] ?? 0
      x++
    } while (x < luma.length && (polarity === 'dark' ? isDark(x) : isLight(x)))
    const contrastHere = polarity === 'dark' ? around - lightness : lightness - around
    const colours = coloursIn(page, y * page.width + start, y * page.width + x)
    marks.add(polarity, start, x, { area: x - start, around, contrast: contrastHere, ...colours })
    x--
  }
}
