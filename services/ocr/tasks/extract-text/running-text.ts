import { type PlacedBlock, type PlacedPage, textOf } from '@pdf-smaller/engines'

/** Whether a word was divided between the end of one text and the start of the next. */
export const isDivided = (text: string, next: string): boolean =>
  /\p{Ll}[-\u00ad]$/u.test(text) && /^\p{Ll}/u.test(next)

/** The text of a page, block by block and line by line; words that were divided at the end of a line are whole. */
export const runningText = ({ blocks }: PlacedPage): string => blocks.map(blockText).join('\n')

function blockText(block: PlacedBlock): string {
  let text = ''
  for (const line of block) {
    const next = textOf(line)
    const before = text.slice(0, -1)
    text = `${isDivided(before, next) ? before.slice(0, -1) : text}${next}\n`
  }
  return text
}
