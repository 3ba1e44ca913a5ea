import { type Dictionary, isDictionary } from '../objects/pdf-objects.ts'
import { parseValue } from '../objects/parse.ts'
import { tokenAt } from './lexer.ts'

/** An image within contents, as it stands there. */
export type InlineImage = { entries: Dictionary; data: Uint8Array }

/** Nothing is asked of what stands within contents. */
const sink = { reference: () => {}, count: () => {} }

/**
 * The entries and the data of an inline image (ISO 32000-1, 8.9.7); undefined where they cannot be told apart.
 * @param start of the operation `BI`
 * @param end of it, behind `EI`
 */
export function inlineImageIn(bytes: Uint8Array, start: number, end: number): InlineImage | undefined {
  const begin = tokenAt(bytes, start)
  if (begin?.kind !== 'word' || begin.word !== 'BI') return undefined
  for (let token = tokenAt(bytes, begin.end); token && token.end < end; token = tokenAt(bytes, token.end)) {
    if (token.kind !== 'word' || token.word !== 'ID') continue
    const entries = Buffer.concat([open, bytes.subarray(begin.end, token.start), close])
    const parsed = parseValue(entries, 0, sink)
    if (!isDictionary(parsed?.value)) return undefined
    // White space stands on either side of the data.
    return { entries: parsed.value, data: bytes.subarray(token.end + 1, end - 3) }
  }
  return undefined
}

const [open, close] = [Buffer.from('<<'), Buffer.from('>>')]
