import { type PlacedPage } from './placed-text.ts'
import { textOf } from './line-text.ts'

/** Whether a word was divided between the end of one text and the start of the next. */
export const isDivided = (text: string, next: string): boolean =>
  /\p{Ll}[-\u00ad]$/u.test(text) && /^\p{Ll}/u.test(next)

/** The text of a page, block by block and line by line; words that were divided at the end of a line are whole. */
export function runningText({ blocks }: PlacedPage): string {
  const parts: string[] = []
  let last = ''
  for (const [index, block] of blocks.entries()) {
    let between = index === 0 ? '' : '\n'
    for (const line of block) {
      const next = textOf(line)
      // Lines that are far from each other are blocks of their own, also within a sentence.
      if (isDivided(last, next)) parts.push(parts.pop()?.replace(/.\n$/u, '') ?? '', `${next}\n`)
      else parts.push(`${between}${next}\n`)
      last = next
      between = ''
    }
  }
  return parts.join('')
}
