import { z } from 'zod'

/** What a model wrote, understood as JSON of a shape; or why it is none. */
export type Understood = { ok: true; value: unknown } | { ok: false; why: string }

/** Servers that do not enforce the schema let models think aloud, and put their answers into fences. */
const thoughts = /^\s*<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/
const fence = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/

/** Parses a whole answer, and looks whether it has the shape: that the server enforced it is never relied on. */
export function understood(text: string, schema: z.ZodType): Understood {
  const bare = text.replace(thoughts, '')
  const json = parsed(fence.exec(bare)?.[1] ?? bare)
  if (json === undefined) return { ok: false, why: 'it is no JSON' }
  const read = schema.safeParse(json)
  if (read.success) return { ok: true, value: read.data }
  const [issue] = read.error.issues
  return {
    ok: false,
    why: `at ${issue?.path.map(String).join('.') || 'its root'}: ${issue?.code ?? 'wrong'}`,
  }
}

const Rows = z.object({ rows: z.array(z.unknown()) })

/**
 * The rows of an answer that are whole, where it was cut off behind them; none of an answer that has no rows.
 * @param schema of the whole answer
 */
export function finishedRows(text: string, schema: z.ZodType): unknown {
  const start = /"rows"\s*:\s*\[/.exec(text)
  if (!start) return undefined
  const rows: unknown[] = []
  for (const object of objectsOf(text.slice(start.index + start[0].length))) {
    const row = parsed(object)
    if (row === undefined || !schema.safeParse({ rows: [row] }).success) break
    rows.push(row)
  }
  return Rows.parse({ rows })
}

/** The objects of an array that are closed, in their order; a bracket within a string closes nothing. */
function* objectsOf(text: string): Generator<string> {
  let [depth, start, quoted] = [0, 0, false]
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (quoted) {
      if (character === '\\') at++
      else if (character === '"') quoted = false
      continue
    }
    if (character === '"') quoted = true
    else if (character === '{' && depth++ === 0) start = at
    else if (character === '}' && --depth === 0) yield text.slice(start, at + 1)
    // The array itself ends.
    if (depth < 0 || (depth === 0 && character === ']')) return
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
