import { describe, expect, it } from 'vitest'
import { brief } from './brief.ts'
import { pageRanges } from './page-ranges.ts'
import { pagesTold } from './pages.ts'
import type { ImageClass } from './picture.ts'
import { type PictureOutcome, picturesTold } from './pictures.ts'
import { refusalsOf } from './refusals.ts'
import { passText } from './sentences.ts'
import { asTaken } from './taken.ts'

const renewed = (before: number, page: number): PictureOutcome => ({
  class: 'colour',
  before,
  pages: [page],
  ppi: 299.6,
  after: before / 4,
  form: 'jpeg',
  ppiAfter: 150,
})

describe('ranges of pages', () => {
  it('are told as the ranges that they make, each once', () => {
    expect(pageRanges([7, 1, 2, 3, 2])).toEqual({
      ranges: [
        { first: 1, last: 3 },
        { first: 7, last: 7 },
      ],
      more: 0,
    })
  })

  it('are only counted beyond a number of ranges, none of them twice', () => {
    const odd = Array.from({ length: 500 }, (_, index) => index * 2 + 1)
    const { ranges, more } = pageRanges(odd)
    expect(ranges.length + more).toBe(500)
    expect(ranges.length).toBeLessThan(20)
  })
})

describe('pictures', () => {
  it('are told one by one where they are few, the largest first', () => {
    const { pictures, morePictures } = picturesTold([
      { class: 'bitmap', before: 500, pages: [], kept: 'few_bytes' },
      renewed(1_200_000, 3),
    ])
    expect(morePictures).toBeUndefined()
    expect(pictures).toMatchObject([
      { class: 'colour', outcome: 'renewed', form: 'jpeg', count: 1, ppiBefore: 300, ppiAfter: 150 },
      { class: 'bitmap', outcome: 'kept', reason: 'few_bytes', bytesBefore: 500, bytesAfter: 500 },
    ])
    expect(pictures.map(({ text }) => text)).toEqual([
      'A colour picture on page 3 encoded as JPEG with 150 instead of 300 pixels per inch: 1.20 MB → 300.0 kB.',
      'A picture in black and white (500 B) left as it is: it has less than 600 bytes.',
    ])
  })

  it('share a line where they are many and alike, and nothing is lost of their sums', () => {
    const kinds: ImageClass[] = [
      'colour',
      'gray',
      'indexed',
      'cmyk',
      'bitmap',
      'stencil',
      'soft-mask',
      'other',
    ]
    const reasons = ['few_bytes', 'too_large', 'unreadable', 'no_gain'] as const
    const many = Array.from({ length: 10_000 }, (_, index): PictureOutcome => {
      const kind = kinds[index % kinds.length] ?? 'other'
      const reason = reasons[(index >> 3) % reasons.length] ?? 'no_gain'
      return { class: kind, before: 1000 + index, pages: [index + 1], kept: reason }
    })
    const { pictures, morePictures } = picturesTold(many)
    const all = [...pictures, ...(morePictures ? [morePictures] : [])]
    expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(10_000)
    expect(all.reduce((sum, { bytesBefore }) => sum + bytesBefore, 0)).toBe(
      many.reduce((sum, { before }) => sum + before, 0),
    )
    expect(morePictures?.count).toBeGreaterThan(0)
    expect(JSON.stringify({ pictures, morePictures }).length).toBeLessThan(30_000)
  })
})

describe('a picture', () => {
  const rules = {
    low: { mostLost: 0.03, mostPpi: 300 },
    medium: { mostLost: 0.06, mostPpi: 300 },
    high: { mostLost: 0.12, mostPpi: 200 },
    maximum: { mostLost: 0.2, mostPpi: 200 },
  }
  const bitmap = { low: {}, medium: { mostPpi: 300 }, high: { mostPpi: 300 }, maximum: { mostPpi: 300 } }
  const told = (outcome: PictureOutcome) => picturesTold([outcome], 'maximum').pictures[0]

  it('tells what was made of it and refused, each once, and whose encoding was taken', () => {
    const marks = {
      form: 'jpeg',
      ppi: 110,
      bytes: 18_800,
      reason: 'marks_gone',
      measured: 870,
      limit: 0,
    } as const
    const picture = told({ ...renewed(195_000, 3), lost: 0.0221, of: 'low', refused: [marks, marks] })
    expect(picture).toMatchObject({ lost: 0.0221, encodedAs: 'low', refused: [marks] })
    expect(picture?.text).toBe(
      'A colour picture on page 3 encoded as JPEG with 150 instead of 300 pixels per inch as at the level low: ' +
        '195.0 kB → 48.8 kB; it differs by 2.2 %. Not taken: 18.8 kB as JPEG with 110 pixels per inch, as marks were gone ' +
        '(870 of them, and none may be).',
    )
  })

  it('tells what levels may do with it', () => {
    expect(told({ ...renewed(9000, 1), rules })?.atLevels).toEqual({
      levels: [
        { level: 'low', does: 'tries', ...rules.low },
        { level: 'medium', does: 'tries', ...rules.medium },
        { level: 'high', does: 'tries', ...rules.high },
        { level: 'maximum', does: 'own', ...rules.maximum },
      ],
      text:
        'What it may lose by level: low up to 3 %, at most 300 pixels per inch at first; medium up to 6 %, at most 300 pixels ' +
        'per inch at first; high up to 12 %, at most 200 pixels per inch at first; maximum (this job) up to 20 %, at most 200 ' +
        'pixels per inch at first.',
    })
  })

  it('of two colours comes out the same where levels try the same, unless that was refused', () => {
    const bitonal = { class: 'bitmap', before: 9000, pages: [1], ppi: 600, rules: bitmap } as const
    const does = (outcome: PictureOutcome) => told(outcome)?.atLevels?.levels.map((each) => each.does)
    expect(does({ ...bitonal, after: 900, form: 'jbig2', ppiAfter: 300 })).toEqual([
      'tries',
      'same',
      'same',
      'own',
    ])
    expect(does({ ...bitonal, after: 4000, form: 'jbig2', ppiAfter: 600 })).toEqual([
      'tries',
      'tries',
      'tries',
      'own',
    ])
  })

  it('that nothing can be made of is the same at every level', () => {
    const kept = { class: 'colour', before: 9000, pages: [1], rules, kept: 'masked_by_colour' } as const
    expect(told(kept)?.atLevels?.text).toBe('No level does more with it.')
    expect(picturesTold([kept]).pictures[0]?.atLevels).toBeUndefined()
  })
})

describe('pages', () => {
  const refused = (page: number) =>
    refusalsOf([{ page, code: 'marks_gone', measured: 2, limit: 0, damage: 'marks are gone' }])

  it('are told with their pictures, their look and what was refused', () => {
    const { pageReports } = pagesTold({
      outcomes: [renewed(1_200_000, 3), { class: 'gray', before: 500, pages: [3], kept: 'few_bytes' }],
      passes: [{ refusals: refused(3) }, { refusals: refused(7) }],
      looks: [
        { page: 1, ssim: 1, worstTile: 1 },
        { page: 3, ssim: 0.973, worstTile: 0.9 },
      ],
    })
    expect(pageReports.map(({ text }) => text)).toEqual([
      'Page 3: 2 pictures, 1.20 MB → 300.5 kB; it looks 97.3 % alike; an attempt was refused, as marks were gone.',
      'Page 7: an attempt was refused, as marks were gone.',
    ])
  })

  it('are told of a long document as far as they matter most, and the others counted', () => {
    const outcomes = Array.from({ length: 500 }, (_, index) => renewed(1000 + index, index + 1))
    const { pageReports, morePages } = pagesTold({ outcomes, passes: [{ refusals: refused(2) }], looks: [] })
    expect(pageReports.length + (morePages ?? 0)).toBe(500)
    expect(pageReports[0]).toMatchObject({ page: 2, refused: ['marks_gone'] })
    expect(pageReports.at(-1)?.page).toBe(500)
    expect(JSON.stringify(pageReports).length).toBeLessThan(8000)
  })
})

it('what was made of pictures is not told of where the result has none of it', () => {
  const outcome = { ...renewed(9000, 1), reference: '4 0 R', ppi: 300, coverage: 1 }
  const chosenOf = (name: string) => ({
    winner: {
      path: '',
      bytes: 1,
      report: { name, outcome: 'won' as const },
      compared: { pages: [], changed: [] },
    },
  })
  const rejected = [{ name: 'surgical', outcome: 'rejected' as const }]
  expect(asTaken([outcome], { chosen: chosenOf('gentle'), reports: rejected })).toEqual([outcome])
  for (const chosen of [chosenOf('structure'), undefined])
    expect(asTaken([outcome], { chosen, reports: rejected })).toMatchObject([
      { before: 9000, kept: 'page_would_differ' },
    ])
  expect(asTaken([outcome], { chosen: undefined, reports: [] })).toMatchObject([{ kept: 'no_gain' }])
})

it('a brief report counts what it does not tell, and is short whatever there is to tell', () => {
  const { pictures } = picturesTold(Array.from({ length: 24 }, (_, index) => renewed(1000 + index, index)))
  const damages = Array.from({ length: 500 }, (_, page) => ({ page: 2 * page, damage: 'differs' }))
  const refusals = refusalsOf(damages.map((each) => ({ ...each, code: 'page_differs' as const })))
  const pass = { name: 'surgical', outcome: 'rejected' as const, why: 'page 2 looks different', refusals }
  const sizes = { bytesBefore: 9, bytesAfter: 9, ratio: 1 }
  const report = brief(
    {
      ...sizes,
      level: 'medium',
      pages: 500,
      gain: 'none',
      summary: '',
      images: [],
      passes: [{ ...pass, text: passText(pass) }],
      pictures,
      ...pagesTold({ outcomes: [renewed(9, 1)], passes: [], looks: [] }),
    },
    2,
  )
  expect(report.pictures).toEqual(pictures.slice(0, 2))
  expect(report.morePictures?.count).toBe(22)
  expect(JSON.stringify(report).length).toBeLessThan(1800)
})

describe('what a judge refused', () => {
  const refusals = refusalsOf([
    { page: 2, code: 'page_differs', measured: 0.91, limit: 0.94, damage: 'page 2 looks different' },
    { page: 3, code: 'page_differs', measured: 0.9, limit: 0.94, damage: 'page 3 looks different' },
    { page: 9, code: 'marks_gone', measured: 3, limit: 0, damage: '3 of 900 marks on page 9 are gone' },
  ])

  it('is told by reason, with the worst that was found', () => {
    expect(refusals).toMatchObject([
      { reason: 'page_differs', pages: { ranges: [{ first: 2, last: 3 }] }, measured: 0.9, limit: 0.94 },
      { reason: 'marks_gone', pages: { ranges: [{ first: 9, last: 9 }] }, measured: 3, limit: 0 },
    ])
  })

  it('is what the sentence of its pass says', () => {
    expect(passText({ name: 'surgical', outcome: 'rejected', why: 'page 2 looks different', refusals })).toBe(
      'Pictures, fonts and streams packed anew: refused. As it came out, each of pages 2–3 looks different ' +
        '(at worst 90.0 % alike where at least 94.0 % are asked for). As it came out, page 9 has lost marks ' +
        '(3 of them, and none may be).',
    )
  })
})
