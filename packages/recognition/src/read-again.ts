import { rm } from 'node:fs/promises'
import { type EngineContext } from '@pdf-smaller/engines'
import { type Box, gapBetween, type ReadLine, type ReadPage, scaledPage } from '@pdf-smaller/text'
import { joinedReadings } from './joined-readings.ts'
import type { Measured, ScaledPicture } from './measured.ts'
import { onlyAt } from './only-at.ts'
import { type Unread, unreadPrint } from './unread.ts'

type Word = ReadLine['words'][number]

/** From 0 to 100: of 4,000 amounts, one in twenty of those read rightly was less sure, and three in four of those read wrong. */
const doubtful = 80
/** Less sure words are hardly ever what stands there, and tell of print that nobody can read by them. */
const wrong = 30
/** In heights of its line, what is further from the words beside it is a cell of a table. */
const leastGap = 1

/** The lines of a page, in points; whether they come from two readings; and what share of its print is in no word, from 0 to 1. */
export type Reread = { lines: ReadPage; isJoined: boolean; unread: number }

/**
 * Reads a page again where print stands in no word, or in doubtful ones: a picture that shows nothing else, so that no
 * column of numbers is taken for a picture or a rule. A page of which all was surely read is not read again.
 * @param first the lines that were read, in points
 * @param recognise reads another picture of the same size; its lines are in pixels, and there are none when it fails
 */
export async function readAgain(
  picture: ScaledPicture,
  page: Measured,
  first: ReadPage,
  recognise: (image: string) => Promise<ReadPage | undefined>,
  context: EngineContext,
): Promise<Reread> {
  const unsure = doubtfulWords(first)
  const { boxes } = unreadOn(page, first, unsure)
  if (boxes.length === 0) return { lines: first, isJoined: false, unread: 0 }
  const places = boxes.map((box) => inUnits(box, 72 / page.dpi))
  const file = await onlyAt(places, picture, context)
  try {
    const second = await recognise(file)
    const lines = second ? joinedReadings(first, scaledPage(second, 72 / picture.dpi), unsure) : first
    return { lines, isJoined: lines !== first, unread: unreadOn(page, lines, wrongWords(lines)).share }
  } finally {
    await rm(file, { force: true })
  }
}

/**
 * Words that may be other ones: those that hold a digit, and those that stand alone, as amounts do in tables. Within
 * running text a word is read no better by itself.
 */
function doubtfulWords({ paragraphs }: ReadPage): ReadonlySet<Word> {
  const found = paragraphs.flat().flatMap(({ words, height }) =>
    words.filter((word, index) => {
      const gaps = [words[index - 1], words[index + 1]].map((other) =>
        other ? gapBetween(word.box, other.box) : Infinity,
      )
      const isAlone = gaps.every((gap) => gap > height * leastGap)
      return word.confidence < doubtful && (isAlone || /\p{N}/u.test(word.text))
    }),
  )
  return new Set(found)
}

const wrongWords = ({ paragraphs }: ReadPage): ReadonlySet<Word> =>
  new Set(paragraphs.flat().flatMap(({ words }) => words.filter(({ confidence }) => confidence < wrong)))

/** The print that is in no word, or in one of those that do not count. */
function unreadOn(page: Measured, { paragraphs }: ReadPage, without: ReadonlySet<Word>): Unread {
  const words = paragraphs.flat().flatMap(({ words }) => words.filter((word) => !without.has(word)))
  return unreadPrint(
    page,
    words.map(({ text, box }) => ({ text, box: inUnits(box, page.dpi / 72) })),
  )
}

const inUnits = ([left, top, right, bottom]: Box, factor: number): Box => [
  left * factor,
  top * factor,
  right * factor,
  bottom * factor,
]
