import { pageRanges } from './page-ranges.ts'
import type { ImageClass, MorePictures, Picture, PictureForm } from './picture.ts'
import type { ImageReason } from './reasons.ts'
import { morePicturesText, pictureText } from './sentences.ts'

/** What came of one image. */
export type PictureOutcome = {
  class: ImageClass
  before: number
  /** The pages that show it; empty where they are not known. */
  pages: Iterable<number>
  /** Pixels per inch where it is seen largest, where that is known. */
  ppi?: number | undefined
} & ({ after: number; form: PictureForm; ppiAfter?: number | undefined } | { kept: ImageReason })

/** So many lines are told: of more pictures those that are alike share one, and the smallest are only counted. */
const mostLines = 24

/** What came of each picture, the largest first; where there are many, of those that are alike together. */
export function picturesTold(outcomes: readonly PictureOutcome[]): {
  pictures: Picture[]
  morePictures?: MorePictures
} {
  const isFew = outcomes.length <= mostLines
  const groups = Map.groupBy(outcomes, (each) => (isFew ? each : likenessOf(each)))
  const lines = [...groups.values()].map(together).sort((a, b) => b.bytesBefore - a.bytesBefore)
  const pictures = lines.slice(0, mostLines).map((line) => ({ ...line, text: pictureText(line) }))
  const rest = lines.slice(mostLines)
  if (rest.length === 0) return { pictures }
  const sum = (key: 'count' | 'bytesBefore' | 'bytesAfter') =>
    rest.reduce((total, each) => total + each[key], 0)
  const more = { count: sum('count'), bytesBefore: sum('bytesBefore'), bytesAfter: sum('bytesAfter') }
  return { pictures, morePictures: { ...more, text: morePicturesText(more) } }
}

const likenessOf = (each: PictureOutcome): string =>
  'kept' in each ? `${each.class} ${each.kept}` : `${each.class} in ${each.form}`

function together(alike: readonly PictureOutcome[]): Omit<Picture, 'text'> {
  const largest = alike.reduce((most, each) => (each.before > most.before ? each : most))
  const bytesBefore = alike.reduce((sum, { before }) => sum + before, 0)
  const bytesAfter = alike.reduce((sum, each) => sum + ('kept' in each ? each.before : each.after), 0)
  const ppiAfter = 'kept' in largest ? undefined : largest.ppiAfter
  return {
    class: largest.class,
    ...('kept' in largest
      ? { outcome: 'kept', reason: largest.kept }
      : { outcome: 'renewed', form: largest.form }),
    count: alike.length,
    pages: pageRanges(pagesOf(alike)),
    ...(largest.ppi === undefined ? {} : { ppiBefore: Math.round(largest.ppi) }),
    ...(ppiAfter === undefined ? {} : { ppiAfter: Math.round(ppiAfter) }),
    bytesBefore,
    bytesAfter,
  }
}

function pagesOf(alike: readonly PictureOutcome[]): Set<number> {
  const pages = new Set<number>()
  for (const each of alike) for (const page of each.pages) pages.add(page)
  return pages
}
