import { pageRanges } from './page-ranges.ts'
import { Level, type Settings } from '../levels.ts'
import { atLevels, type LevelRules } from './at-levels.ts'
import type { ImageClass, MorePictures, Picture, PictureForm, RefusedForm } from './picture.ts'
import type { ImageReason } from './reasons.ts'
import { atLevelsText, morePicturesText, pictureText } from './picture-sentences.ts'

/** What came of one image. */
export type PictureOutcome = {
  class: ImageClass
  before: number
  /** The pages that show it; empty where they are not known. */
  pages: Iterable<number>
  /** Pixels per inch where it is seen largest, where that is known. */
  ppi?: number | undefined
  /** What each level tries with it, where that is known. */
  rules?: LevelRules
  refused?: readonly RefusedForm[]
} & (NewForm | { kept: ImageReason })

type NewForm = {
  after: number
  /** What it takes in the result, where it was packed harder than it was tried. */
  packed?: number
  form: PictureForm
  ppiAfter?: number | undefined
  lost?: number
  /** The level or strength whose bargain it is, where several were tried. */
  of?: Settings['of'] | undefined
}

/** So many lines are told: of more pictures those that are alike share one, and the smallest are only counted. */
const mostLines = 24
/** So many forms that were refused are told of a picture. */
const mostRefused = 3

/**
 * What came of each picture, the largest first; where there are many, of those that are alike together.
 * @param level whose settings were asked for, and nothing else; what other levels try is told beside it
 */
export function picturesTold(
  outcomes: readonly PictureOutcome[],
  level?: Level,
): {
  pictures: Picture[]
  morePictures?: MorePictures
} {
  const isFew = outcomes.length <= mostLines
  const groups = Map.groupBy(outcomes, (each) => (isFew ? each : likenessOf(each)))
  const lines = [...groups.values()]
    .map((alike) => together(alike, level))
    .sort((a, b) => b.bytesBefore - a.bytesBefore)
  const pictures = lines.slice(0, mostLines).map((line) => ({ ...line, text: pictureText(line) }))
  const rest = lines.slice(mostLines)
  if (rest.length === 0) return { pictures }
  const sum = (key: 'count' | 'bytesBefore' | 'bytesAfter') =>
    rest.reduce((total, each) => total + each[key], 0)
  const more = { count: sum('count'), bytesBefore: sum('bytesBefore'), bytesAfter: sum('bytesAfter') }
  return { pictures, morePictures: { ...more, text: morePicturesText(more) } }
}

/** What an image takes in the result. */
export const bytesAfterOf = (outcome: PictureOutcome): number =>
  'kept' in outcome ? outcome.before : (outcome.packed ?? outcome.after)

const likenessOf = (each: PictureOutcome): string =>
  'kept' in each ? `${each.class} ${each.kept}` : `${each.class} in ${each.form}`

function together(alike: readonly PictureOutcome[], level: Level | undefined): Omit<Picture, 'text'> {
  const largest = alike.reduce((most, each) => (each.before > most.before ? each : most))
  const bytesBefore = alike.reduce((sum, { before }) => sum + before, 0)
  const bytesAfter = alike.reduce((sum, each) => sum + bytesAfterOf(each), 0)
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
    ...('kept' in largest ? {} : lossOf(largest, level)),
    ...refusedOf(largest),
    ...(level && levelsOf(largest, level)),
  }
}

function lossOf({ lost = 0, of }: NewForm, level: Level | undefined): Pick<Picture, 'lost' | 'encodedAs'> {
  const gentler = level === undefined || of === level ? undefined : Level.safeParse(of).data
  return {
    ...(lost > 0 ? { lost: Math.round(lost * 10_000) / 10_000 } : {}),
    ...(gentler ? { encodedAs: gentler } : {}),
  }
}

/** Each form once: what is encoded again may come out as it was. */
function refusedOf({ refused = [] }: PictureOutcome): Pick<Picture, 'refused'> {
  const forms = new Map(refused.map((each) => [`${each.form} ${each.bytes} ${each.reason}`, each]))
  return forms.size === 0 ? {} : { refused: [...forms.values()].slice(0, mostRefused) }
}

function levelsOf(picture: PictureOutcome, level: Level): Pick<Picture, 'atLevels'> {
  const levels = atLevels(level, picture.rules, picture)
  if (!levels) return {}
  const isKept = 'kept' in picture
  return { atLevels: { levels, text: atLevelsText(levels, isKept) } }
}

function pagesOf(alike: readonly PictureOutcome[]): Set<number> {
  const pages = new Set<number>()
  for (const each of alike) for (const page of each.pages) pages.add(page)
  return pages
}
