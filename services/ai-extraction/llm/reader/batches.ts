import { mostTokens } from '../tokens.ts'
import type { Model } from '../questions.ts'
import type { TextLine } from './text-lines.ts'

/** What surrounds the text in a question, and the schema, which some servers put into words, too. */
const frameTokens = 1200
/** A row takes about so many tokens of an answer. */
const tokensOfRow = 110
const leastLines = 10

/** How many tokens of text one question has room for. */
export function textRoom({ contextTokens, answerTokens }: Model): number {
  return Math.max(200, contextTokens - answerTokens - frameTokens)
}

/** Lines in parts that each fit into a question, and whose rows fit into its answer; a page is divided only where it must. */
export function batchesOf(lines: readonly TextLine[], model: Model): TextLine[][] {
  const room = textRoom(model)
  const mostLines = Math.max(leastLines, Math.floor((model.answerTokens / tokensOfRow) * 1.5))
  const batches: TextLine[][] = []
  let tokens = 0
  for (const page of Map.groupBy(lines, (line) => line.page).values()) {
    const own = page.reduce((sum, { text }) => sum + mostTokens(text) + 1, 0)
    const last = batches.at(-1)
    if (last && tokens + own <= room && last.length + page.length <= mostLines) {
      last.push(...page)
      tokens += own
      continue
    }
    const parts = divided(page, room, mostLines)
    batches.push(...parts)
    tokens = own
  }
  return batches
}

function divided(page: readonly TextLine[], room: number, mostLines: number): TextLine[][] {
  const parts: TextLine[][] = []
  let tokens = 0
  for (const line of page) {
    const own = mostTokens(line.text) + 1
    const last = parts.at(-1)
    if (last && tokens + own <= room && last.length < mostLines) {
      last.push(line)
      tokens += own
    } else {
      parts.push([line])
      tokens = own
    }
  }
  return parts
}

/**
 * The lines of the first and the last pages that fit into one question, in their order: numbers and names stand on the
 * first, totals on the last.
 */
export function ends(lines: readonly TextLine[], model: Model): TextLine[] {
  const room = textRoom(model)
  const taken = new Set<TextLine>()
  let tokens = 0
  for (let front = 0, back = lines.length - 1; front <= back;) {
    // Two lines from the front for each from the back.
    const isFront = taken.size % 3 !== 2
    const line = lines[isFront ? front++ : back--]
    if (!line) break
    tokens += mostTokens(line.text) + 1
    if (tokens > room) break
    taken.add(line)
  }
  return lines.filter((line) => taken.has(line))
}
