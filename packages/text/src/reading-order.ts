import type { PlacedPage } from './placed-text.ts'
import { withUsualLetters } from './usual-letters.ts'

/** Which way most letters of a text run. */
export type Direction = 'left-to-right' | 'right-to-left'

/** Letters of scripts that are written from right to left, and all others. */
const leftwardLetter = String.raw`[[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]&&\p{L}]`
const rightwardLetter = String.raw`[\p{L}--${leftwardLetter}]`
const [leftward, rightward] = [new RegExp(leftwardLetter, 'v'), new RegExp(rightwardLetter, 'v')]

/** What is read from left to right within a word that is read from right to left: numbers, and letters of other scripts. */
const insertion = new RegExp(
  String.raw`\p{Sc}?[\p{N}${rightwardLetter}](?:[.,:\/@_+\-\u066b\u066c]*[\p{N}${rightwardLetter}])*[%\u066a\p{Sc}]?`,
  'gv',
)

/** Marks that embed one direction in the other; the order of the characters says the same. */
const directionMarks = /[\u202a-\u202e\u2066-\u2069]/g

/** A closing bracket before its word, or an opening one behind it: they were taken for what they look like. */
const turnedBrackets = /^[)\]}»]|[([{«]$/
const counterparts = new Map(
  ['()', '[]', '{}', '«»'].flatMap(([one = '', other = '']) => [
    [one, other],
    [other, one],
  ]),
)

/** The direction of most letters of a page; from left to right where there are none. */
export function directionOf({ blocks }: PlacedPage): Direction {
  const text = blocks
    .flat(2)
    .map((word) => word.text)
    .join(' ')
  if (!leftward.test(text)) return 'left-to-right'
  const count = (letter: RegExp) => text.match(new RegExp(letter, 'gv'))?.length ?? 0
  return count(leftward) > count(rightward) ? 'right-to-left' : 'left-to-right'
}

/** Whether any of it is read from right to left. */
export const hasLeftward = (text: string): boolean => leftward.test(text)

/** Text without the marks by which directions are told of. */
export const withoutMarks = (text: string): string => text.replaceAll(directionMarks, '')

/** The text of a word whose characters come as they stand from left to right, in the order in which they are read. */
export function readWord(seen: string, direction: Direction): string {
  const word = withoutMarks(seen)
  if (leftward.test(word)) return withUsualLetters(withUprightBrackets(readBackwards(word)))
  // What ends a sentence stands to the left of its last word.
  const ended = direction === 'right-to-left' ? word.replace(/^([.,:;!?]+)([^.,:;!?].*)$/, '$2$1') : word
  return withUsualLetters(ended)
}

/** The characters of a text, which come as they are read, as they stand from left to right. */
export const asSeen = (text: string): string => readBackwards(text)

/** It undoes itself: what is read from left to right within keeps its order both ways. */
const readBackwards = (word: string) => backwards(word).replaceAll(insertion, backwards)
const backwards = (text: string) => Array.from(text).reverse().join('')

function withUprightBrackets(word: string): string {
  if (!turnedBrackets.test(word)) return word
  return Array.from(word, (character) => counterparts.get(character) ?? character).join('')
}

/**
 * Words of a line, which come as they stand from left to right, in the order in which they are read. Words against the
 * direction of the page keep their own order among themselves.
 */
export function inReadingOrder<Word extends { text: string }>(
  seen: readonly Word[],
  direction: Direction,
): Word[] {
  const isLeftward = ({ text }: Word) => leftward.test(text)
  const isRightward = ({ text }: Word) => !leftward.test(text) && rightward.test(text)
  // A number beside words that are read rightward belongs to them.
  const isNumber = ({ text }: Word) => !leftward.test(text) && /\p{N}/v.test(text)
  return direction === 'left-to-right'
    ? turnRuns(seen, { first: isLeftward, last: isLeftward, no: isRightward })
    : turnRuns(seen, {
        first: isRightward,
        last: (word) => isRightward(word) || isNumber(word),
        no: isLeftward,
      }).reverse()
}

type Belongs<Word> = Record<'first' | 'last' | 'no', (word: Word) => boolean>

/** Turns the order of the words in each run: from one that begins it to the farthest that can end it. */
function turnRuns<Word>(words: readonly Word[], belongs: Belongs<Word>): Word[] {
  const turned: Word[] = []
  let run: Word[] = []
  let last = 0
  const close = () => {
    const [own, behind] = [run.slice(0, last), run.slice(last)]
    for (const word of own.reverse()) turned.push(word)
    for (const word of behind) turned.push(word)
    run = []
  }
  for (const word of words) {
    if (run.length > 0 && belongs.no(word)) close()
    if (run.length === 0 && !belongs.first(word)) {
      turned.push(word)
      continue
    }
    run.push(word)
    if (belongs.first(word) || belongs.last(word)) last = run.length
  }
  close()
  return turned
}
