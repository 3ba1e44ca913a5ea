/** What text a content stream shows, and the stream without the part of it that cannot be seen. */
export type ShownText = {
  /** Bytes of strings that are seen. */
  visible: number
  /** Bytes of strings that are not (text rendering mode 3), as OCR layers have them. */
  invisible: number
  without: Buffer
}

type Show = { from: number; to: number; bytes: number; mode: number }

/** Operands and operators: strings, the brackets of dictionaries and arrays, names, comments, and words. */
const token =
  /\((?:[^()\\]|\\[^])*|<<|>>|<[0-9A-Fa-f\s]*>|\/[^\s()<>[\]{}/%]*|%[^\r\n]*|[[\]{}]|[^\s()<>[\]{}/%]+/g
const isOperator = (text: string) => /^[A-Za-z'"][A-Za-z0-9*'"]*$/.test(text) && !literals.has(text)
const literals = new Set(['true', 'false', 'null'])

/**
 * Looks through a content stream (ISO 32000-1, 7.8.2, 9.3.6). Text is only taken out of text objects in which none is
 * seen, so that nothing else moves.
 */
export function shownText(content: Buffer): ShownText {
  const text = content.toString('latin1')
  const scanner = new RegExp(token)
  const modes: number[] = []
  const cuts: Show[] = []
  let [mode, operandsFrom, bytes, last, visible, invisible] = [0, -1, 0, '', 0, 0]
  let shows: Show[] | undefined
  for (let match = scanner.exec(text); match; match = scanner.exec(text)) {
    const word = match[0]
    if (operandsFrom < 0) operandsFrom = match.index
    if (word.startsWith('(')) {
      const end = endOfString(text, match.index)
      bytes += end - match.index - 2
      scanner.lastIndex = end
    } else if (word.startsWith('<') && word !== '<<') bytes += Math.floor((word.length - 2) / 2)
    else if (isOperator(word)) {
      if (word === 'q') modes.push(mode)
      else if (word === 'Q') mode = modes.pop() ?? mode
      else if (word === 'Tr') mode = Number(last) || 0
      else if (word === 'BT') shows = []
      else if (word === 'BI') scanner.lastIndex = endOfInlineImage(text, scanner.lastIndex)
      else if (word === 'ET') {
        if (shows?.every((show) => show.mode === 3)) cuts.push(...shows)
        shows = undefined
      } else if (['Tj', 'TJ', "'", '"'].includes(word)) {
        if (mode === 3) invisible += bytes
        else visible += bytes
        // The operator of two numbers sets the spacing of what follows, so it stays.
        shows?.push({ from: operandsFrom, to: scanner.lastIndex, bytes, mode: word === '"' ? 0 : mode })
      }
      ;[operandsFrom, bytes] = [-1, 0]
    }
    last = word
  }
  return { visible, invisible, without: cut(content, cuts) }
}

/** Brackets within a string are balanced or stand behind a backslash. */
function endOfString(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (character === '\\') at++
    else if (character === '(') depth++
    else if (character === ')' && --depth === 0) return at + 1
  }
  return text.length
}

/** The data of an inline image ends with EI between white space. */
function endOfInlineImage(text: string, from: number): number {
  const end = /\sEI(?=\s|$)/g
  end.lastIndex = Math.max(from, text.indexOf('ID', from))
  return end.exec(text) ? end.lastIndex : text.length
}

function cut(content: Buffer, cuts: readonly Show[]): Buffer {
  if (cuts.length === 0) return content
  const kept: Buffer[] = []
  let at = 0
  for (const { from, to } of cuts) {
    kept.push(content.subarray(at, from))
    at = to
  }
  return Buffer.concat([...kept, content.subarray(at)])
}
