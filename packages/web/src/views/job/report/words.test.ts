import { expect, it } from 'vitest'
import { en } from '../../../texts/report/en.ts'
import { loadTexts } from '../../../texts/loaded.ts'
import { language } from '../../../wishes.ts'
import { Told } from './told.ts'
import { becameText, leadOf, levelsText, pageText, refusedText, whyOf } from './words.ts'

await loadTexts(language.value)

const pages = { ranges: [{ first: 3, last: 3 }], more: 0 }
const picture = {
  class: 'colour',
  form: 'jpeg',
  count: 1,
  pages,
  ppiBefore: 300,
  ppiAfter: 150,
  bytesBefore: 195_000,
  bytesAfter: 48_800,
  lost: 0.0221,
  encodedAs: 'low',
  refused: [{ form: 'jpeg', ppi: 110, bytes: 18_800, reason: 'marks_gone', measured: 870, limit: 0 }],
  atLevels: {
    levels: [
      { level: 'low', does: 'tries', mostLost: 0.03 },
      { level: 'medium', does: 'own', mostLost: 0.06 },
      { level: 'high', does: 'tries', mostLost: 0.12, mostPpi: 200 },
    ],
  },
}

it('says of a picture what it became, what was refused and what levels may do', () => {
  expect(becameText(picture, en)).toBe(
    'Encoded as JPEG, 150 instead of 300 pixels per inch, like at the level “Careful” (stronger forms lost too much), ' +
      'differs by 2.2 %.',
  )
  expect(refusedText(picture, en)).toBe(
    'Refused: 18.8 kB as JPEG with 110 pixels per inch, as marks were gone (870 of them, none may be).',
  )
  expect(levelsText(picture, en)).toBe(
    'By level, it may differ by: Careful 3 %; Balanced (this job) 6 %; Small 12 %, 200 pixels per inch at most.',
  )
})

it('says of an attempt and a page why they were refused', () => {
  const refusals = [{ reason: 'page_differs', measured: 0.7294, limit: 0.75, pages }]
  expect(whyOf({ name: 'gentle', outcome: 'rejected', refusals }, en)).toBe(
    'Page 3: it looked different (72.9 % alike, 75 % are asked for).',
  )
  expect(
    pageText(
      { page: 3, pictures: 2, bytesBefore: 9, bytesAfter: 8, ssim: 0.9999, refused: ['marks_gone'] },
      en,
    ),
  ).toBe('2 pictures, looks all but as it did. An attempt was refused: marks were gone.')
  expect(pageText({ page: 4, pictures: 0, bytesBefore: 0, bytesAfter: 0, ssim: 0.9999 }, en)).toBe(
    'Looks all but as it did.',
  )
})

it('reads what earlier and later releases tell', () => {
  const { atLevels: _, refused: __, lost: ___, encodedAs: ____, ...earlier } = picture
  const told = Told.parse({ passes: [{ name: 'later', outcome: 'won', saved: 2000 }], pictures: [earlier] })
  expect(leadOf(told, en)).toBe('That saves 2 kB.')
  const [old] = told.pictures ?? []
  expect(old && [refusedText(old, en), levelsText(old, en)]).toEqual(['', ''])
})
