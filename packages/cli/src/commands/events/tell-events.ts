import type { EventsOptions, News } from '@pdf-smaller/client/node'
import type { JobEvent } from '@pdf-smaller/contracts'
import { exitCodes } from '../../program/exit.ts'
import { refuse } from '../../program/options.ts'
import type { Session } from '../../program/session.ts'
import { plainText } from '../../screen/plain-text.ts'
import { shortOf, typesCalled } from './types.ts'
import { timeOf } from '../../jobs/rows.ts'

export type Filters = {
  task: string | undefined
  type: string[]
  tag: string | undefined
  tenant: string | undefined
}

/** The filters as the client takes them. @throws UsageError for a type that there is not */
export function wantedEvents({ task, type, tag, tenant }: Filters): EventsOptions {
  const wanted = typesCalled(type, 'type')
  return { task, tag, tenant, ...(wanted.length > 0 ? { types: wanted } : {}) }
}

/** @throws UsageError for what is no sequence */
export function sequenceOf(given: string | undefined, flag: string): string | undefined {
  return given === undefined || /^\d{1,15}$/.test(given) ? given : refuse(flag, 'a sequence', given)
}

/** Writes events as they come, until there are no more, Ctrl-C, or nobody reads them. */
export async function tellEvents(wanted: EventsOptions, session: Session): Promise<number> {
  const client = await session.connect()
  for await (const news of client.events({ ...wanted, signal: session.reading })) {
    const json =
      news.kind === 'event' ? { sequence: news.sequence, event: news.event } : { event: news.event }
    const word = news.kind === 'event' ? news.sequence : undefined
    session.tell({ json, lines: () => [newsLine(news)], word })
  }
  return exitCodes.done
}

const sequenceWidth = 8
const typeWidth = 15

/** What happened, in one line. */
function newsLine(news: News): string {
  const { event } = news
  const place = news.kind === 'event' ? news.sequence : ''
  const about =
    news.kind === 'progress'
      ? `${news.event.data.percentage} % ${news.event.data.stage} ${news.event.data.message}`
      : aboutEvent(news.event)
  const columns = [
    timeOf(event.time),
    place.padStart(sequenceWidth),
    shortOf(event.type).padEnd(typeWidth),
    event.subject,
    plainText(about),
  ]
  return columns.join('  ').trimEnd()
}

function aboutEvent(event: JobEvent): string {
  if (event.type === 'pdfsmaller.job.requested.v1')
    return `${event.data.task} ${event.data.inputs.map(({ name }) => name).join(', ')}`
  return 'failure' in event.data ? `${event.data.failure.code}: ${event.data.failure.message}` : ''
}
