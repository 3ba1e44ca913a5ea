import { describe, expect, it } from 'vitest'
import { placedWords, readHocr, scaledPage } from './hocr.ts'

const page = (inner: string) =>
  `<body><div class='ocr_page' id='page_1' title='image "a.tif"; bbox 0 0 1654 2339; ppageno 0; scan_res 200 200'>${inner}</div></body>`
const word = (title: string, text: string) =>
  `<span class='ocrx_word' id='word_1_1' title='${title}'>${text}</span>`
const line = (title: string, ...words: string[]) =>
  `<span class='ocr_line' id='line_1_1' title="${title}">${words.join('\n')}</span>`
const paragraph = (...lines: string[]) =>
  `<div class='ocr_carea' id='block_1_1' title="bbox 1 2 3 4"><p class='ocr_par' id='par_1_1' lang='eng' title="bbox 1 2 3 4">${lines.join('')}</p></div>`

describe('readHocr', () => {
  it('reads where lines and words stand', () => {
    const said = page(
      paragraph(
        line(
          'bbox 190 201 1377 252; baseline -0.013 -8; x_size 39.5; x_descenders 8; x_ascenders 10',
          word('bbox 190 214 348 252; x_wconf 96', 'primitive'),
          word('bbox 358 212 519 244; x_wconf 91', 'elements,'),
        ),
      ),
    )
    expect(readHocr(said)).toEqual({
      width: 1654,
      height: 2339,
      paragraphs: [
        [
          {
            box: [190, 201, 1377, 252],
            angle: 0,
            baseline: { slope: 0.013, above: 8 },
            height: 39.5,
            words: [
              { text: 'primitive', box: [190, 214, 348, 252], confidence: 96 },
              { text: 'elements,', box: [358, 212, 519, 244], confidence: 91 },
            ],
          },
        ],
      ],
    })
  })

  it('takes headings and captions for lines, and knows which are turned', () => {
    const turned = line('bbox 55 196 68 428; textangle 90; x_size 20', word('bbox 48 401 76 432', 'up'))
    const heading = turned.replace('ocr_line', 'ocr_header').replace('; textangle 90', '')
    const lines = readHocr(page(paragraph(turned) + paragraph(heading)))?.paragraphs.flat()
    expect(lines?.map(({ angle }) => angle)).toEqual([90, 0])
  })

  it('leaves out the marks of bold letters, and paragraphs without a word', () => {
    const words = [
      word('bbox 1 1 2 2', '<strong><em>R&amp;D</em></strong>'),
      word('bbox 1 1 2 2', '&lt;x&gt; &quot;&#39;'),
    ]
    const read = readHocr(
      page(
        paragraph(line('bbox 1 1 2 2', word('bbox 1 1 2 2', ' '))) +
          paragraph(line('bbox 1 1 2 2', ...words)),
      ),
    )
    expect(read?.paragraphs).toHaveLength(1)
    expect(read?.paragraphs.flat(2)[0]?.words.map(({ text }) => text)).toEqual(['R&D', `<x> "'`])
  })

  it('knows a blank page from none', () => {
    expect(readHocr(page(''))).toEqual({ width: 1654, height: 2339, paragraphs: [] })
    expect(readHocr('<html></html>')).toBeUndefined()
  })
})

it('places words in another unit', () => {
  const said = page(
    paragraph(line('bbox 100 200 300 400; baseline 0.1 -10; x_size 20', word('bbox 100 200 200 300', 'a'))),
  )
  const read = readHocr(said)
  if (!read) throw new Error('there is no page')
  const scaled = scaledPage(read, 0.5)
  expect(scaled).toMatchObject({ width: 827, height: 1169.5 })
  expect(scaled.paragraphs[0]?.[0]).toMatchObject({ height: 10, baseline: { slope: -0.1, above: 5 } })
  expect(placedWords(scaled, 7)).toMatchObject({
    page: 7,
    blocks: [[[{ text: 'a', box: [50, 100, 100, 150] }]]],
  })
})
