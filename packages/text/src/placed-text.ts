/** Left, top, right and bottom, from the upper left corner of the page as it is seen. */
export type Box = [left: number, top: number, right: number, bottom: number]

/** A word and its place; the confidence goes from 0 to 100. */
export type PlacedWord = {
  text: string
  box: Box
  confidence: number
  /** Whether no space stands between it and the word before. */
  joined?: boolean
}
export type PlacedLine = PlacedWord[]
export type PlacedBlock = PlacedLine[]

/** The words of a page in the order in which they are read; all sizes are in one unit. */
export type PlacedPage = {
  page: number
  width: number
  height: number
  blocks: PlacedBlock[]
  /** Whether words that were drawn several times, for bold print or a shadow, were taken out but for one. */
  isThinned?: boolean
}

/**
 * Reads the table of words that Poppler writes. It numbers the blocks in two columns, so that two words are of the same
 * block when they have both numbers in common.
 */
export function placedPages(table: string): PlacedPage[] {
  const pages: PlacedPage[] = []
  let [block, line] = ['', '']
  for (const row of table.split('\n')) {
    const [level, page, ...cells] = row.replace(/\r$/, '').split('\t')
    const [outer, inner, lineNumber] = cells
    const [left = 0, top = 0, width = 0, height = 0, confidence = 0] = cells.slice(4, 9).map(Number)
    if (level === '1') {
      pages.push({ page: Number(page), width, height, blocks: [] })
      block = ''
      continue
    }
    const text = cells[9]?.trim()
    const blocks = pages.at(-1)?.blocks
    if (level !== '5' || !text || !blocks) continue
    const [ownBlock, ownLine] = [`${outer}.${inner}`, `${outer}.${inner}.${lineNumber}`]
    if (block !== ownBlock) blocks.push([])
    if (line !== ownLine || block !== ownBlock) blocks.at(-1)?.push([])
    ;[block, line] = [ownBlock, ownLine]
    const word = { text, box: [left, top, left + width, top + height] satisfies Box, confidence }
    blocks.at(-1)?.at(-1)?.push(word)
  }
  return pages
}

/** The place that words take together. */
export function boxAround(words: readonly { box: Box }[]): Box {
  const around: Box = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { box } of words) {
    around[0] = Math.min(around[0], box[0])
    around[1] = Math.min(around[1], box[1])
    around[2] = Math.max(around[2], box[2])
    around[3] = Math.max(around[3], box[3])
  }
  return around
}
