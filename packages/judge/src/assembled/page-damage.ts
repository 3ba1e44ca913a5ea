import type { Pixels } from '@pdf-smaller/pictures/pixels'
import { compared, lookDamage } from '../look/compare.ts'
import { lookLimits } from '../look/limits.ts'
import { marksIn } from '../look/marks.ts'
import { isSameText } from '../text.ts'
import type { Origin } from './asked.ts'

/** The part of the letters that were read which has to be found again: programs disagree on what belongs together. */
const leastLetters = 0.8

/** What is wrong with the text of a page, in words. */
export async function pageTextDamage(
  page: number,
  { change }: Origin,
  before: string,
  after: string,
): Promise<string | undefined> {
  if (change === undefined)
    return isSameText(before, after) ? undefined : `the text of page ${page} has changed`
  return foundPart((await change.text?.()) ?? before, after) < leastLetters
    ? `the text of page ${page} is not there`
    : undefined
}

/** The part of the letters and digits of a text, in any order, that another has, too. */
function foundPart(wanted: string, text: string): number {
  const there = new Map<string, number>()
  for (const letter of lettersOf(text)) there.set(letter, (there.get(letter) ?? 0) + 1)
  const letters = lettersOf(wanted)
  if (letters.length === 0) return 1
  let found = 0
  for (const letter of letters) {
    const left = there.get(letter) ?? 0
    if (left > 0) found++
    there.set(letter, left - 1)
  }
  return found / letters.length
}

/** As they are compared: programs write some letters as one or as two characters. */
const lettersOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .match(/[\p{L}\p{N}]/gu) ?? []

/** A page with fewer marks says nothing by losing them; of those of others so many stay, whatever is cleaned off. */
const [fewMarks, leastMarks] = [50, 0.1]

/** What is wrong with the look of a page, in words. */
export function pageLookDamage(
  page: number,
  { change }: Origin,
  inches: number,
  before: Pixels,
  after: Pixels,
): string | undefined {
  if (change === undefined || (change.turn === 0 && !change.isRedrawn))
    return lookDamage(page, compared(before, after, inches, 'keep'), {
      ...lookLimits.asItWas,
      colours: 'keep',
    })?.damage
  const had = marksIn(before)
  return had > fewMarks && marksIn(after) < had * leastMarks ? `page ${page} is as good as blank` : undefined
}
