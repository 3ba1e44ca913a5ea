import type { Given } from '../../program/command.ts'
import { momentOf } from '../../program/moment.ts'
import { refuse } from '../../program/options.ts'
import type { Session } from '../../program/session.ts'
import { type Filters, sequenceOf, tellEvents, wantedEvents } from './tell-events.ts'

type Values = Filters & { from: string | undefined; after: string | undefined }

export function run({ values }: Given<Values>, session: Session): Promise<number> {
  const { from = '0', after } = values
  const begin = /^\d{1,15}$/.test(from) ? Number(from) : momentOf(from)
  if (begin === undefined) return refuse('from', 'a sequence, or a time such as 2026-11-01 or 7d', from)
  return tellEvents(
    { ...wantedEvents(values), from: begin, after: sequenceOf(after, 'after'), live: false },
    session,
  )
}
