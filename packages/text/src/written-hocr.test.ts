import { expect, it } from 'vitest'
import { type ReadPage, readHocr, scaledPage } from './hocr.ts'
import { hocrOf } from './written-hocr.ts'

it('writes lines so that they are read as they were', () => {
  const page: ReadPage = {
    width: 600,
    height: 840,
    paragraphs: [
      [
        {
          box: [48, 96, 240, 108],
          angle: 0,
          baseline: { slope: 0.013, above: 2.4 },
          height: 12,
          words: [
            { text: 'R&D', box: [48, 96, 96, 108], confidence: 91 },
            { text: `<"it's">`, box: [120, 96, 240, 108], confidence: 64 },
          ],
        },
      ],
      [
        {
          box: [24, 240, 36, 480],
          angle: 90,
          baseline: { slope: 0, above: 0 },
          height: 12,
          words: [{ text: 'up', box: [24, 240, 36, 480], confidence: 80 }],
        },
      ],
    ],
  }
  const read = readHocr(hocrOf(page))
  expect(read && scaledPage(read, 72 / 300)).toEqual(page)
})
