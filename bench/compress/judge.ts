import { readFile } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import { type Carried, carried, wordsOf } from '@pdf-smaller/compress/testing/carried'
import { type Drawing, drawnPages, worstTile, ssim } from './drawing.ts'

/** What came of a file, by eyes that have no part in compressing it. */
export type Verdict = {
  /** What it lost; empty when it is intact. */
  damage: string[]
  ratio: number
  /** Mean over the pages drawn, and the worst tile of them. */
  ssim: number
  worstTile: number
}

/** A page less alike than this is not the same page any more. */
const leastSsim = 0.75
/** The part of the words that may change. */
const mostChanged = 0.005

const parts = [
  'boxes',
  'structure',
  'destinations',
  'addresses',
  'attachments',
  'outline',
  'fields',
  'protection',
] as const satisfies (keyof Carried)[]

export type Original = { bytes: number; carried: Carried; words: string[]; pages: Drawing[] }

export async function original(file: string): Promise<Original> {
  const pdf = await readFile(file)
  const [carries, words, pages] = await Promise.all([carried(pdf), wordsOf(pdf), drawnPages(file)])
  return { bytes: pdf.length, carried: carries, words, pages }
}

/** Compares a result with its original: what it carries, its words, its look. */
export async function judge(before: Original, file: string): Promise<Verdict> {
  const pdf = await readFile(file)
  const ratio = pdf.length / before.bytes
  try {
    const [carries, words, pages] = await Promise.all([carried(pdf), wordsOf(pdf), drawnPages(file)])
    const damage: string[] = parts.filter((part) => !isDeepStrictEqual(carries[part], before.carried[part]))
    if (textDiffers(before.words, words)) damage.push('text')
    const looks = before.pages.map((page, index) => ssim(page, pages[index]))
    if (looks.some((each) => each < leastSsim)) damage.push('look')
    const tiles = before.pages.map((page, index) => worstTile(page, pages[index]))
    return { damage, ratio, ssim: mean(looks), worstTile: Math.min(1, ...tiles) }
  } catch (error) {
    return { damage: [`unreadable: ${String(error).slice(0, 80)}`], ratio, ssim: 0, worstTile: 0 }
  }
}

function textDiffers(before: readonly string[], after: readonly string[]): boolean {
  if (before.length !== after.length) return true
  const changed = before.filter((word, index) => after[index] !== word).length
  return changed > before.length * mostChanged
}

export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
