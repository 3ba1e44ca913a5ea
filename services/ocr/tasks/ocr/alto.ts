import { type Box, boxAround, type PlacedPage, type PlacedWord } from '@pdf-smaller/text'

const namespace = 'http://www.loc.gov/standards/alto/ns-v4#'
const head = `<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="${namespace} http://www.loc.gov/standards/alto/v4/alto-4-4.xsd" SCHEMAVERSION="4.4">
<Description>
<MeasurementUnit>inch1200</MeasurementUnit>
`
/** Units of the document in a point. */
const unitsInPoint = 1200 / 72

/** An ALTO 4.4 document up to its pages, in 1/1200 inches from the upper left corner of each page as it is seen. */
export function altoHead(fileName: string): string {
  const source = `<sourceImageInformation><fileName>${escaped(fileName)}</fileName></sourceImageInformation>`
  const reader = '<processingSoftware><softwareName>tesseract</softwareName></processingSoftware>'
  const processing = `<Processing ID="ocr">${reader}</Processing>`
  return `${head}${source}\n${processing}\n</Description>\n<Layout>\n`
}

export const altoEnd = '</Layout>\n</alto>\n'

/**
 * A page of an ALTO document, its blocks, lines and words as they were read.
 * @param placed in points
 */
export function altoPage(
  { page, width, height, blocks }: PlacedPage,
  confidence: number | undefined,
): string {
  const id = `page_${page}`
  const size = place([0, 0, width, height])
  const text = blocks.map((block, index) => blockElement(block, `${id}_block_${index + 1}`)).join('\n')
  const [across, up] = [units(width), units(height)]
  const sureness = confidence === undefined ? '' : ` PC="${share(confidence)}"`
  const attributes = `ID="${id}" PHYSICAL_IMG_NR="${page}" WIDTH="${across}" HEIGHT="${up}"${sureness}`
  return `<Page ${attributes}>\n<PrintSpace ${size}>\n${text}\n</PrintSpace>\n</Page>`
}

function blockElement(block: readonly PlacedWord[][], id: string): string {
  const lines = block.map((line, index) => lineElement(line, `${id}_line_${index + 1}`)).join('\n')
  return `<TextBlock ID="${id}" ${place(boxAround(block.flat()))}>\n${lines}\n</TextBlock>`
}

function lineElement(line: readonly PlacedWord[], id: string): string {
  const words = line.map((word, index) => {
    const space = index === 0 ? '' : `<SP ${gap(line[index - 1]?.box ?? word.box, word.box)}/>`
    const { text, box, confidence } = word
    const string = `ID="${id}_string_${index + 1}" CONTENT="${escaped(text)}" ${place(box)}`
    return `${space}<String ${string} WC="${share(confidence)}"/>`
  })
  return `<TextLine ID="${id}" ${place(boxAround(line))}>${words.join('')}</TextLine>`
}

const units = (points: number): number => Math.round(points * unitsInPoint)

/** A confidence from 0 to 100 as the share that ALTO has. */
const share = (confidence: number): string => (Math.min(100, Math.max(0, confidence)) / 100).toFixed(3)

function place(box: Box): string {
  const [left = 0, top = 0, right = 0, bottom = 0] = box.map(units)
  return `HPOS="${left}" VPOS="${top}" WIDTH="${right - left}" HEIGHT="${bottom - top}"`
}

/** Of words written from right to left, too; words that overlap have no space between them. */
function gap(before: Box, after: Box): string {
  const left = units(Math.min(before[2], after[2]))
  const right = units(Math.max(before[0], after[0]))
  return `HPOS="${left}" VPOS="${units(after[1])}" WIDTH="${Math.max(0, right - left)}"`
}

/** Text as it may stand in an element and in an attribute; XML 1.0 has no way to write most control characters. */
function escaped(text: string): string {
  const allowed = text.replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
  return allowed
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
