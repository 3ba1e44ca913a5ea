import { type Box, boxAround, type PlacedLine, type PlacedPage } from './placed-text.ts'

/** Scripts whose words are not divided by spaces. */
const unspaced = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3001-\u303f\uff01-\uff5e]`
const [beginsUnspaced, endsUnspaced] = [new RegExp(`^${unspaced}`, 'u'), new RegExp(`${unspaced}$`, 'u')]
/** Characters that are set apart one by one are still one text. */
const setApart = new RegExp(`(?<!\\S)${unspaced}(?: ${unspaced}){2,}(?!\\S)`, 'gu')

/** Gaps narrower than that part of a line's height are no spaces between characters of such a script. */
const narrowest = 0.25

/** Words as running text. */
export function textOf(words: PlacedLine): string {
  const size = Math.min(...sidesOf(boxAround(words)))
  let text = ''
  for (const [index, word] of words.entries()) {
    const before = words[index - 1]
    const isOneText =
      before !== undefined &&
      runsOn(before.text, word.text) &&
      gapBetween(before.box, word.box) < size * narrowest
    text += before === undefined || word.joined === true || isOneText ? word.text : ` ${word.text}`
  }
  return closedUp(text)
}

/** Whether scripts without spaces are on both sides of where two texts meet. */
export const runsOn = (one: string, other: string): boolean =>
  endsUnspaced.test(one) && beginsUnspaced.test(other)

/** Takes the spaces out between characters that are set apart. */
export const closedUp = (text: string): string =>
  text.replaceAll(setApart, (some) => some.replaceAll(' ', ''))

/** The text of a page, block by block. */
export const textOfPage = ({ blocks }: PlacedPage): string =>
  blocks.map((block) => block.map((line) => `${textOf(line)}\n`).join('')).join('\n')

/** How far two boxes are away from each other, below nought where they overlap. */
export function gapBetween(one: Box, other: Box): number {
  const across = Math.max(other[0] - one[2], one[0] - other[2])
  const down = Math.max(other[1] - one[3], one[1] - other[3])
  return Math.max(across, down)
}

const sidesOf = ([left, top, right, bottom]: Box) => [right - left, bottom - top]
