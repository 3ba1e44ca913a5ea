import type { Result, ToldPass } from '../result.ts'
import type { Picture } from './picture.ts'
import { morePicturesText, pictureText } from './picture-sentences.ts'
import { passText } from './sentences.ts'

/**
 * A report that takes little room: without single pages and what was refused, and with so many lines of pictures; the others
 * are only counted.
 */
export function brief(report: Result, mostPictures: number): Result {
  const { pictures, morePictures, passes, ...rest } = report
  const left = [...pictures.slice(mostPictures), ...(morePictures ? [morePictures] : [])]
  const sum = (key: 'count' | 'bytesBefore' | 'bytesAfter') =>
    left.reduce((total, each) => total + each[key], 0)
  const more = { count: sum('count'), bytesBefore: sum('bytesBefore'), bytesAfter: sum('bytesAfter') }
  return {
    ...withoutPages(rest),
    passes: passes.map(withoutRefusals),
    pictures: pictures.slice(0, mostPictures).map(withoutTries),
    ...(left.length > 0 ? { morePictures: { ...more, text: morePicturesText(more) } } : {}),
  }
}

function withoutRefusals(pass: ToldPass): ToldPass {
  const bare = { ...pass }
  delete bare.refusals
  return { ...bare, text: passText(bare) }
}

function withoutPages<T extends Pick<Result, 'pageReports' | 'morePages'>>(report: T): T {
  const bare = { ...report }
  delete bare.pageReports
  delete bare.morePages
  return bare
}

function withoutTries(picture: Picture): Picture {
  const bare = { ...picture }
  delete bare.refused
  delete bare.atLevels
  return { ...bare, text: pictureText(bare) }
}
