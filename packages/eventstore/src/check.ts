import { isDeepStrictEqual } from 'node:util'
import type { ConsumerInfo, StreamInfo } from '@nats-io/jetstream'
import { configOf, type DurableConsumer, isFixedOtherwise } from './durable.ts'
import { type Edition, isOfEdition, LayoutRefused, remedy } from './edition.ts'
import { covers, type WantedStream } from './streams.ts'

/** Looks whether a stream is as a service needs it. @throws LayoutRefused */
export function checkStream(found: StreamInfo | undefined, wanted: WantedStream, edition: Edition): void {
  const what = `the stream ${wanted.name}`
  if (!found) throw new LayoutRefused(`${what} is not there. ${remedy(edition)}`)
  const { config } = found
  if (!isOfEdition(what, config.metadata, edition)) return
  const { subjects = [], expendable: _, atFirst: __, metadata: ___, ...settings } = wanted
  const present = new Map<string, unknown>(Object.entries(config))
  const wrong = Object.entries(settings).filter(([key, value]) => !holds(present.get(key), value))
  const missed = subjects.filter((subject) => !config.subjects.some((other) => covers(other, subject)))
  const names = [...wrong.map(([key]) => key), ...(missed.length > 0 ? ['subjects'] : [])]
  if (names.length > 0) throw refused(what, names, edition)
}

/** Looks whether a durable consumer is as a service needs it. @throws LayoutRefused */
export function checkConsumer(
  found: ConsumerInfo | undefined,
  stream: string,
  wanted: DurableConsumer,
  edition: Edition,
): void {
  const what = `the consumer ${wanted.name} of the stream ${stream}`
  if (!found) throw new LayoutRefused(`${what} is not there. ${remedy(edition)}`)
  const { config } = found
  if (!isOfEdition(what, config.metadata, edition)) return
  const present = new Map<string, unknown>(Object.entries(config))
  const wrong = Object.entries(configOf(wanted)).filter(([key, value]) => !holds(present.get(key), value))
  const names = [...wrong.map(([key]) => key), ...(isFixedOtherwise(config) ? ['delivery'] : [])]
  if (names.length > 0) throw refused(what, names, edition)
}

/** Whether a setting is as it is wanted; the server may add to one that is an object. */
function holds(present: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted))
    return isDeepStrictEqual(present, wanted)
  if (typeof present !== 'object' || present === null) return false
  const known = new Map<string, unknown>(Object.entries(present))
  return Object.entries(wanted).every(([key, value]) => holds(known.get(key), value))
}

function refused(what: string, settings: string[], edition: Edition): LayoutRefused {
  return new LayoutRefused(
    `${what} is not as this service needs it: ${settings.join(', ')}. ${remedy(edition)} ` +
      'Where it has been run, the step and this service have other settings.',
  )
}
