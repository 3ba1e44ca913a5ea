import { describe, expect, it } from 'vitest'
import { pageRanges } from './page-ranges.ts'
import type { ImageClass } from './picture.ts'
import { type PictureOutcome, picturesTold } from './pictures.ts'
import { refusalsOf } from './refusals.ts'
import { passText } from './sentences.ts'

const renewed = (before: number, page: number): PictureOutcome => ({
  class: 'colour',
  before,
  pages: [page],
  ppi: 299.6,
  after: before / 4,
  form: 'jpeg',
  ppiAfter: 150,
})

describe('pages', () => {
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
        '(at worst 0.9, the limit is 0.94). As it came out, page 9 has lost marks (at worst 3, the limit is 0).',
    )
  })
})
