import { CorrectionLine, exportCorrections } from '@pdf-smaller/contracts/http'
import type { Http } from './http.ts'
import { strangeAnswer, jsonOf } from './problem.ts'
import { wordsOf } from './query.ts'

export type ExportOptions = {
  task?: string | undefined
  /** Made at this time or later, and before that one. */
  from?: Date | undefined
  to?: Date | undefined
  /** Jobs that one request brings; the corrections of all of them are given in any case. */
  pageSize?: number | undefined
  signal?: AbortSignal | undefined
}

/** The lines of the export, page by page, as they arrive. */
export async function* correctionLines(
  http: Http,
  { task, from, to, pageSize, signal }: ExportOptions,
): AsyncGenerator<CorrectionLine> {
  let query = wordsOf({ task, from, to, limit: pageSize })
  for (;;) {
    const response = await http.request(exportCorrections, { query, signal })
    for await (const line of linesOf(http.body(response, signal))) {
      const parsed = CorrectionLine.safeParse(jsonOf(line))
      if (!parsed.success) throw strangeAnswer(response)
      yield parsed.data
    }
    const next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
    const cursor = next && new URL(next, 'http://any').searchParams.get('cursor')
    if (!cursor) return
    query = { ...query, cursor }
  }
}

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest) yield rest
}
