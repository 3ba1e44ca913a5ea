import { describe, expect, it } from 'vitest'
import { PageRanges, pagesOf } from './page-ranges.ts'

describe('page ranges', () => {
  it.each([
    ['1-3,5,8-', [1, 2, 3, 5, 8, 9, 10]],
    ['last', [10]],
    ['8-last', [8, 9, 10]],
    ['odd', [1, 3, 5, 7, 9]],
    ['even,1', [2, 4, 6, 8, 10, 1]],
    ['3,1-4', [3, 1, 2, 4]],
  ])('%s', (ranges, pages) => {
    expect(PageRanges.parse(ranges)).toBe(ranges)
    expect(pagesOf(ranges, 10)).toEqual(pages)
  })

  it.each(['', '0', '1-0', '-3', 'first', '1,,2', '1;2', ' 1', '1.5', '99999999'])(
    '"%s" is no range',
    (ranges) => {
      expect(PageRanges.safeParse(ranges).success).toBe(false)
    },
  )

  it.each([
    ['11', 10],
    ['3-2', 10],
    ['5-20', 10],
    ['11-', 10],
    ['even', 1],
  ])('%s of %i pages names none that it has', (ranges, pages) => {
    expect(() => pagesOf(ranges, pages)).toThrow(expect.objectContaining({ code: 'no_such_page' }))
  })
})
