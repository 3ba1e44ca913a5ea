import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** A page in shades of grey. */
export type Drawing = { width: number; height: number; samples: Buffer }

const mostPpi = 150
const mostPages = 4
/** Of one page: a poster is drawn at fewer pixels per inch. */
const mostPixels = 20e6

/** The first pages of a document, drawn by Poppler at 150 pixels per inch, or fewer where pages are very large. */
export async function drawnPages(file: string): Promise<Drawing[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-drawn-'))
  try {
    const range = ['-l', String(mostPages)]
    const { stdout } = await execute('pdfinfo', [...range, file])
    await execute('pdftoppm', ['-gray', '-r', String(ppiFor(stdout)), ...range, file, path.join(folder, 'p')])
    const files = (await readdir(folder)).sort()
    return await Promise.all(files.map(async (name) => readPgm(await readFile(path.join(folder, name)))))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** @param info what pdfinfo says, with a line such as `Page    1 size: 595 x 842 pts` for each page */
function ppiFor(info: string): number {
  const sizes = [...info.matchAll(/^Page.* size:\s+([\d.]+) x ([\d.]+)/gm)]
  const inches = Math.max(
    1,
    ...sizes.map(([, width, height]) => (Number(width) / 72) * (Number(height) / 72)),
  )
  return Math.min(mostPpi, Math.floor(Math.sqrt(mostPixels / inches)))
}

function readPgm(bytes: Buffer): Drawing {
  const [head = '', width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 64)) ?? []
  return { width: Number(width), height: Number(height), samples: bytes.subarray(head.length) }
}

const window = 8
const tile = 64
const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2]

/** Mean structural similarity in windows of 8 × 8 (Wang et al. 2004, equation 13); 0 for pages of another size. */
export function ssim(a: Drawing, b: Drawing | undefined): number {
  if (a.width !== b?.width || a.height !== b.height) return 0
  return regionSsim(a, b, 0, 0, a.width, a.height)
}

/** That of the worst tile of 64 × 64. */
export function worstTile(a: Drawing, b: Drawing | undefined): number {
  if (a.width !== b?.width || a.height !== b.height) return 0
  let worst = 1
  for (let top = 0; top + tile <= a.height; top += tile) {
    for (let left = 0; left + tile <= a.width; left += tile)
      worst = Math.min(worst, regionSsim(a, b, left, top, left + tile, top + tile))
  }
  return worst
}

function regionSsim(
  a: Drawing,
  b: Drawing,
  left: number,
  top: number,
  right: number,
  bottom: number,
): number {
  let [sum, windows] = [0, 0]
  for (let y = top; y + window <= bottom; y += window) {
    for (let x = left; x + window <= right; x += window) {
      sum += windowSsim(a, b, x, y)
      windows++
    }
  }
  return sum / Math.max(1, windows)
}

function windowSsim(a: Drawing, b: Drawing, left: number, top: number): number {
  let [sumA, sumB, squares, products] = [0, 0, 0, 0]
  for (let y = top; y < top + window; y++) {
    for (let at = y * a.width + left; at < y * a.width + left + window; at++) {
      const [u = 0, v = 0] = [a.samples[at], b.samples[at]]
      sumA += u
      sumB += v
      squares += u * u + v * v
      products += u * v
    }
  }
  const n = window * window
  const [meanA, meanB] = [sumA / n, sumB / n]
  const variances = squares / n - meanA * meanA - meanB * meanB
  const covariance = products / n - meanA * meanB
  const means = meanA * meanA + meanB * meanB
  return ((2 * meanA * meanB + c1) * (2 * covariance + c2)) / ((means + c1) * (variances + c2))
}
