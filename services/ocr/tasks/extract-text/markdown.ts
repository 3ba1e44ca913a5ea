import { boxAround, type PlacedBlock, type PlacedLine } from '@pdf-smaller/engines'
import type { ExtractedPage } from './extracted-page.ts'
import { heightOf } from './laid-out.ts'
import { type Table, tablesOf } from './tables.ts'

/** Lines so much higher than most of the page are headings of the first, second and third level. */
const levels = [
  { factor: 1.8, mark: '# ' },
  { factor: 1.4, mark: '## ' },
  { factor: 1.15, mark: '### ' },
]
/** Longer blocks are text in large print. */
const longestHeading = 3

const bullet = /^[•‣◦▪–·*-]$/

/** The text of a page as Markdown: paragraphs, headings by the height of their letters, lists by their bullets, and tables. */
export function markdownOf({ placed, text }: ExtractedPage): string {
  if (!placed) return text
  const tables = tablesOf(placed)
  const body = mostCommonHeight(placed.blocks.flat())
  const told = new Set<Table>()
  const parts = placed.blocks.flatMap((block) => {
    const words = block.flat()
    const begun = tables.filter((table) => !told.has(table) && words.some((word) => table.words.has(word)))
    for (const table of begun) told.add(table)
    const rest = block
      .map((line) => line.filter((word) => !tables.some((table) => table.words.has(word))))
      .filter((line) => line.length > 0)
    return [...begun.map(tableText), ...(rest.length > 0 ? [blockText(rest, body)] : [])]
  })
  return parts.map((part) => `${part}\n\n`).join('')
}

/** The first row is taken for the heading, as Markdown has no tables without. */
function tableText({ rows }: Table): string {
  const [head = [], ...rest] = rows.map((row) => `| ${row.map(escaped).join(' | ')} |`)
  return [head, `|${' --- |'.repeat(rows[0]?.length ?? 0)}`, ...rest].join('\n')
}

function blockText(block: PlacedBlock, body: number): string {
  const height = heightOf({ box: boxAround(block[0] ?? []) })
  const level = levels.find(({ factor }) => height >= body * factor)
  if (level && block.length <= longestHeading) return level.mark + paragraph(block)
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
  for (const line of lines) {
    const words = line.slice(text === '' ? skipped : 0).map((word) => escaped(word.text))
    const isDivided = /\p{Ll}[-\u00ad]$/u.test(text) && /^\p{Ll}/u.test(words[0] ?? '')
    text = isDivided ? text.slice(0, -1) + words.join(' ') : `${text} ${words.join(' ')}`
  }
  return text.trim()
}

/** Characters that Markdown would take for its own. */
const escaped = (word: string) => word.replaceAll(/[\\`*_[\]<>|#]/g, String.raw`\$&`)

/** The height of lines that most letters of the page stand in, to a tenth of a point. */
function mostCommonHeight(lines: readonly PlacedLine[]): number {
  const letters = new Map<number, number>()
  for (const line of lines) {
    const height = Math.round(heightOf({ box: boxAround(line) }) * 10) / 10
    const count = line.reduce((sum, { text }) => sum + text.length, 0)
    letters.set(height, (letters.get(height) ?? 0) + count)
  }
  return [...letters].sort(([, one], [, other]) => other - one)[0]?.[0] ?? 0
}
