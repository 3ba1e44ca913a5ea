import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const ppi = 300

/** What is this much darker than the paper is print, and a mark is gone with less than half of its darkness. */
const [leastDarkness, leastKept] = [48, 0.5]
/** Engines put pictures aside by parts of their pixels: marks are sought so many pixels around. */
const margin = 3

type Drawn = { width: number; height: number; samples: Buffer }

async function drawn(file: string): Promise<Drawn> {
  const options = { encoding: 'buffer', maxBuffer: 2 ** 28 } as const
  const { stdout } = await execute('pdftoppm', ['-gray', '-r', String(ppi), '-singlefile', file], options)
  const [head = '', width, height] =
    /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(stdout.toString('latin1', 0, 64)) ?? []
  return { width: Number(width), height: Number(height), samples: stdout.subarray(head.length) }
}

/** How many connected marks of the first page there are, and how many are gone or have less than half of their darkness. */
export async function marksLost(before: string, after: string): Promise<{ marks: number; lost: number }> {
  const [had, has] = await Promise.all([drawn(before), drawn(after)])
  const paper = had.samples.toSorted()[Math.floor(had.samples.length * 0.8)] ?? 255
  const marks = marksIn(had, paper - leastDarkness)
  const lost = marks.filter(({ pixels, darkest }) => {
    const limit = paper - (paper - darkest) * leastKept
    return !pixels.some((at) => darkestAround(has, at) <= limit)
  })
  return { marks: marks.length, lost: lost.length }
}

/** Pixels that touch each other and are no lighter than a limit; a speck of two pixels is grain. */
function marksIn({ width, samples }: Drawn, limit: number): { pixels: number[]; darkest: number }[] {
  const isSeen = new Uint8Array(samples.length)
  const marks: { pixels: number[]; darkest: number }[] = []
  for (let start = 0; start < samples.length; start++) {
    if (isSeen[start] === 1 || (samples[start] ?? 255) > limit) continue
    const pixels = [start]
    isSeen[start] = 1
    let darkest = 255
    for (let index = 0; index < pixels.length; index++) {
      const at = pixels[index] ?? 0
      darkest = Math.min(darkest, samples[at] ?? 255)
      for (const next of [at - 1, at + 1, at - width, at + width]) {
        if (isSeen[next] !== 0 || (samples[next] ?? 255) > limit) continue
        isSeen[next] = 1
        pixels.push(next)
      }
    }
    if (pixels.length > 2) marks.push({ pixels, darkest })
  }
  return marks
}

function darkestAround({ width, samples }: Drawn, at: number): number {
  let darkest = 255
  for (let down = -margin; down <= margin; down++)
    for (let right = -margin; right <= margin; right++)
      darkest = Math.min(darkest, samples[at + down * width + right] ?? 255)
  return darkest
}

/** The amounts that Tesseract reads on the first page, drawn with 300 pixels per inch. */
export async function amountsRead(file: string): Promise<string[]> {
  const script = `pdftoppm -r ${ppi} -gray -singlefile "$0" | OMP_THREAD_LIMIT=1 tesseract - - --dpi ${ppi} --psm 6`
  const { stdout } = await execute('sh', ['-c', script, file])
  return stdout.match(/[\d,]+\.\d\d\b/g) ?? []
}
