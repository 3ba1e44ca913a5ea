import type { ReadLine, ReadPage } from './hocr.ts'
import { type Box, boxAround } from './placed-text.ts'

/** Pixels per inch that boxes are written at. */
const dpi = 300

/**
 * A page as hOCR in the form in which Tesseract writes it (hOCR 1.2), for lines that come from more than one reading.
 * @param page in points
 */
export function hocrOf({ width, height, paragraphs }: ReadPage): string {
  let [lines, words] = [0, 0]
  const paragraphElements = paragraphs.map((own, index) => {
    const title = bbox(boxAround(own.flatMap((line) => line.words)))
    const inner = own.map(lineElement).join('\n')
    return `<div class='ocr_carea' id='block_1_${index + 1}' title="${title}">
<p class='ocr_par' id='par_1_${index + 1}' title="${title}">
${inner}
</p>
</div>`
  })
  const page = `${bbox([0, 0, width, height])}; ppageno 0; scan_res ${dpi} ${dpi}`
  return `<div class='ocr_page' id='page_1' title='${page}'>\n${paragraphElements.join('\n')}\n</div>\n`

  function lineElement(line: ReadLine): string {
    const inner = line.words.map((word) => {
      const title = `${bbox(word.box)}; x_wconf ${Math.round(word.confidence)}`
      return `<span class='ocrx_word' id='word_1_${++words}' title='${title}'>${escaped(word.text)}</span>`
    })
    const { slope, above } = line.baseline
    const lay = line.angle === 0 ? `baseline ${short(-slope)} ${pixels(-above)}` : `textangle ${line.angle}`
    const title = `${bbox(line.box)}; ${lay}; x_size ${short(line.height * (dpi / 72))}`
    return `<span class='ocr_line' id='line_1_${++lines}' title="${title}">\n${inner.join('\n')}\n</span>`
  }
}

const pixels = (points: number): number => Math.round((points * dpi) / 72) + 0
const short = (value: number): number => Math.round(value * 1000) / 1000 + 0
const bbox = (box: Box): string => `bbox ${box.map(pixels).join(' ')}`

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
