import type { Result, ToldPass } from '../result.ts'
import { morePicturesText, passText } from './sentences.ts'

/**
 * A report that takes little room: without the pages that a judge refused, and with so many lines of pictures; the others
 * are only counted.
 */
export function brief(report: Result, mostPictures: number): Result {
  const { pictures, morePictures, passes, ...rest } = report
  const left = [...pictures.slice(mostPictures), ...(morePictures ? [morePictures] : [])]
  const sum = (key: 'count' | 'bytesBefore' | 'bytesAfter') =>
    left.reduce((total, each) => total + each[key], 0)
  const more = { count: sum('count'), bytesBefore: sum('bytesBefore'), bytesAfter: sum('bytesAfter') }
  return {
    ...rest,
    passes: passes.map(withoutRefusals),
    pictures: pictures.slice(0, mostPictures),
    ...(left.length > 0 ? { morePictures: { ...more, text: morePicturesText(more) } } : {}),
  }
}

function withoutRefusals(pass: ToldPass): ToldPass {
  const bare = { ...pass }
  delete bare.refusals
  return { ...bare, text: passText(bare) }
}
