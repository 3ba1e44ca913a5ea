import {
  boxAround,
  isDivided,
  lineAngles,
  type LineAngles,
  type PlacedBlock,
  type PlacedLine,
  runsOn,
  type Table,
  tablesOf,
  textOf,
} from '@pdf-smaller/text'
import type { ExtractedPage, FontOf } from '@pdf-smaller/recognition'

/** Lines so much higher than most of the page are headings of the first, second and third level, bold ones sooner. */
const levels = [
  { factor: 1.8, bold: 1.8, mark: '# ' },
  { factor: 1.4, bold: 1.4, mark: '## ' },
  { factor: 1.15, bold: 1.05, mark: '### ' },
]
/** Longer blocks are text in large print. */
const longestHeading = 3

const bullet = /^[•‣◦▪–·*-]$/

/** The text of a page as Markdown: paragraphs, headings by the height of their letters, lists by their bullets, and tables. */
export function markdownOf({ placed, text, fontOf }: ExtractedPage): string {
  if (!placed) return text
  const tables = tablesOf(placed)
  const angles = lineAngles(placed)
  const body = mostCommonHeight(placed.blocks.flat(), angles)
  const told = new Set<Table>()
  const parts = placed.blocks.flatMap((block) => {
    const words = block.flat()
    const begun = tables.filter((table) => !told.has(table) && words.some((word) => table.words.has(word)))
    for (const table of begun) told.add(table)
    const rest = block
      .map((line) => line.filter((word) => !tables.some((table) => table.words.has(word))))
      .filter((line) => line.length > 0)
    return [...begun.map(tableText), ...(rest.length > 0 ? [blockText(rest, { body, angles, fontOf })] : [])]
  })
  return parts.map((part) => `${part}\n\n`).join('')
}

/** The first row is taken for the heading, as Markdown has no tables without. */
function tableText({ rows }: Table): string {
  const [head = [], ...rest] = rows.map((row) => `| ${row.map(escaped).join(' | ')} |`)
  return [head, `|${' --- |'.repeat(rows[0]?.length ?? 0)}`, ...rest].join('\n')
}

/** By what the text of blocks is told apart: the usual height of its lines, which way they run, and the fonts. */
type Looks = { body: number; angles: LineAngles; fontOf: FontOf }

function blockText(block: PlacedBlock, { body, angles, fontOf }: Looks): string {
  const [first = []] = block
  const factor = letterHeight(first, angles) / body
  const isBold = block.length === 1 && block.flat().every((word) => fontOf(word)?.bold)
  const level = levels.find((each) => factor >= (isBold ? each.bold : each.factor))
  const isAside = angles.angleOf(first) !== angles.most
  if (level && block.length <= longestHeading && !isAside) return level.mark + paragraph(block)
  return itemsOf(block)
    .map((item) => (bullet.test(item[0]?.[0]?.text ?? '') ? `- ${paragraph(item, 1)}` : paragraph(item)))
    .join('\n')
}

/** The lines of a block, begun anew where one starts with a bullet. */
function itemsOf(block: PlacedBlock): PlacedLine[][] {
  const items: PlacedLine[][] = []
  for (const line of block) {
    const last = items.at(-1)
    if (!last || bullet.test(line[0]?.text ?? '')) items.push([line])
    else last.push(line)
  }
  return items
}

/** Words that were divided at the end of a line are put together again. */
function paragraph(lines: readonly PlacedLine[], skipped = 0): string {
  let text = ''
  for (const [index, line] of lines.entries()) {
    const next = escaped(textOf(index === 0 ? line.slice(skipped) : line))
    text = isDivided(text, next) ? text.slice(0, -1) + next : `${text}${runsOn(text, next) ? '' : ' '}${next}`
  }
  return text.trim()
}

/** Characters that Markdown would take for its own. */
const escaped = (word: string) => word.replaceAll(/[\\`*_[\]<>|#]/g, String.raw`\$&`)

/** Of a line that lies on its side it is the width. */
function letterHeight(line: PlacedLine, { angleOf }: LineAngles): number {
  const [left, top, right, bottom] = boxAround(line)
  return angleOf(line) % 180 === 0 ? bottom - top : right - left
}

/** The height of lines that most letters of the page stand in, to a tenth of a point. */
function mostCommonHeight(lines: readonly PlacedLine[], angles: LineAngles): number {
  const letters = new Map<number, number>()
  for (const line of lines) {
    const height = Math.round(letterHeight(line, angles) * 10) / 10
    const count = line.reduce((sum, { text }) => sum + text.length, 0)
    letters.set(height, (letters.get(height) ?? 0) + count)
  }
  return [...letters].sort(([, one], [, other]) => other - one)[0]?.[0] ?? 0
}
