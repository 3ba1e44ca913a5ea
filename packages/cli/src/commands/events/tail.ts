import type { Given } from '../../program/command.ts'
import type { Session } from '../../program/session.ts'
import { type Filters, sequenceOf, tellEvents, wantedEvents } from './tell-events.ts'

type Values = Filters & { since: Date | undefined; after: string | undefined; progress: boolean }

export function run({ values }: Given<Values>, session: Session): Promise<number> {
  const { since, after, progress } = values
  return tellEvents(
    { ...wantedEvents(values), from: since, after: sequenceOf(after, 'after'), progress },
    session,
  )
}
