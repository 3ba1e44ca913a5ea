import { Readable } from 'node:stream'
import { exportCorrections } from '@pdf-smaller/contracts/http'
import type { App, Context } from '../context.ts'
import { serve } from '../http/serve.ts'
import { baseOf } from '../jobs/answer.ts'
import { readCursor, writeCursor } from '../jobs/cursor.ts'
import { correctionLines } from '../jobs/export-corrections.ts'

/** The corrections of a tenant's jobs as a set of tests. */
export function corrections(app: App, context: Context): void {
  const base = baseOf(context.config)
  serve(app, exportCorrections, (request, reply) => {
    const { task, limit, cursor, ...span } = request.query
    const before = cursor === undefined ? undefined : readCursor(cursor)
    const filter = { task, corrected: true } as const
    const { jobs, nextCursor } = context.projection.list(request.caller.tenant, filter, limit, before)
    if (nextCursor !== undefined) {
      const words = { task, ...span, limit: String(limit), cursor: writeCursor(nextCursor) }
      const query = new URLSearchParams(
        Object.entries(words).flatMap(([name, value]): [string, string][] =>
          value === undefined ? [] : [[name, value]],
        ),
      )
      void reply.header('link', `<${base}${exportCorrections.path}?${query.toString()}>; rel="next"`)
    }
    void reply
      .type('application/x-ndjson')
      .send(Readable.from(correctionLines(context, jobs, span), { objectMode: false }))
  })
}
