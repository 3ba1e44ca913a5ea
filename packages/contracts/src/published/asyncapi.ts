import type { Channel } from '../channel.ts'
import { channels } from '../channels.ts'
import { eventContentType } from '../events.ts'
import { messageTypes, type MessageType } from './event-types.ts'
import type { JsonSchema } from './json-schema.ts'

/** What stands for a token of a subject. */
const parameters: Record<string, string> = {
  tenant: 'Whose job or upload it is; without keys it is "default", and "system" for periodic work',
  domain: 'The workers that do the task',
  task: 'The name of the task',
  jobId: 'The id of the job, a UUID that sorts by time',
  upload: 'The id of the upload or submission',
  endpoint: "The id of a webhook's endpoint",
}

/** What the server adds to what it republishes (NATS ADR-28). */
const republishedHeaders: Record<string, string> = {
  'Nats-Stream': 'The stream that it was stored in',
  'Nats-Subject': 'The subject that it was stored under',
  'Nats-Sequence': 'Its sequence in the stream',
  'Nats-Last-Sequence': 'The sequence of the message before it under the same subject',
  'Nats-Time-Stamp': 'When it was stored',
}

/** A subject with what is published there; `live` is where the server republishes what it has stored. */
type Address = { name: string; subject: string; channel: Channel; types: readonly Written[]; live: boolean }
type Written = MessageType & { subject: string }

/**
 * What can be read from the event store, as AsyncAPI 3.1: the channels are made of the table that the streams are made of,
 * the messages of the schemas that events are checked by. The NATS bindings know only of queues (0.1.0), so that streams,
 * retention and replay stand in `x-nats-stream`.
 */
export function describeEvents(): Record<string, unknown> {
  const written = messageTypes().flatMap((type) => (isWritten(type) ? [type] : []))
  const addresses = addressesOf(written)
  return {
    asyncapi: '3.1.0',
    info: {
      title: 'Events of PDF Smaller',
      version: '1',
      description:
        'Every fact about every job, as CloudEvents 1.0 in structured JSON over NATS JetStream. Whoever reads passes over ' +
        'types, members and codes that it does not know; what comes twice has the same `source` and `id`.',
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    defaultContentType: eventContentType,
    channels: Object.fromEntries(addresses.map((each) => [each.name, channelAt(each)])),
    operations: Object.fromEntries(addresses.map((each) => [`send-${each.name}`, sendingAt(each)])),
    components: {
      messages: Object.fromEntries(
        addresses.flatMap((each) =>
          each.types.map((type) => [messageName(type, each), messageAt(type, each)]),
        ),
      ),
      schemas: Object.fromEntries(written.map((type) => [type.name, payloadOf(type)])),
    },
  }
}

const isWritten = (type: MessageType): type is Written => type.subject !== undefined

function addressesOf(written: readonly Written[]): Address[] {
  const subjects = [...new Set(written.map(({ subject }) => subject))]
  return subjects.flatMap((subject) => {
    const channel = channelOf(subject)
    const types = written.filter((type) => type.subject === subject)
    const name = subject.replaceAll(/\.{\w+}/g, '').replaceAll('.', '-')
    const own: Address = { name, subject, channel, types, live: false }
    const { republished: copy } = channel
    if (!copy || !isUnder(subject, copy.from)) return [own]
    const live = copy.to.slice(0, -1) + subject.slice(copy.from.length - 1)
    return [own, { ...own, name: `live-${name}`, subject: live, live: true }]
  })
}

/** @throws Error where no stream takes it */
function channelOf(subject: string): Channel {
  const channel = channels.find(({ subjects }) => subjects.some((filter) => isUnder(subject, filter)))
  if (!channel) throw new Error(`no stream of the table takes ${subject}`)
  return channel
}

const isUnder = (subject: string, filter: string) =>
  filter.endsWith('.>') && subject.startsWith(filter.slice(0, -1))

function channelAt({ subject, channel, types, live, name }: Address): JsonSchema {
  const { stream, holds, subjects, storage, keptSeconds, keptAsTold = false, newestOnly, replay } = channel
  const names = [...subject.matchAll(/{(\w+)}/g)].flatMap(([, each]) => each ?? [])
  return {
    address: subject,
    title: name,
    description: live
      ? `What ${stream} has stored, republished at once to whoever listens.`
      : `In the stream ${stream}: ${holds}.`,
    parameters: Object.fromEntries(names.map((each) => [each, { description: parameters[each] ?? each }])),
    messages: Object.fromEntries(
      types.map((type) => [type.name, { $ref: `#/components/messages/${messageName(type, { live })}` }]),
    ),
    ...(live
      ? { 'x-nats-republished-from': stream }
      : {
          'x-nats-stream': {
            name: stream,
            subjects,
            storage,
            retention: {
              seconds: keptSeconds ?? null,
              isSetting: keptAsTold,
              newestOfEachSubjectOnly: newestOnly,
            },
            replay,
          },
        }),
  }
}

function sendingAt({ name, types }: Address): JsonSchema {
  return {
    action: 'send',
    summary: `Tells of ${types.map((type) => type.message['title']).join(', ')}`,
    channel: { $ref: `#/channels/${name}` },
    messages: types.map((type) => ({ $ref: `#/channels/${name}/messages/${type.name}` })),
  }
}

const messageName = ({ name }: MessageType, { live }: Pick<Address, 'live'>) => (live ? `live.${name}` : name)

function messageAt(type: MessageType, { channel, live }: Address): JsonSchema {
  const contentType = type.kind === 'events' ? eventContentType : 'application/json'
  const others = live ? republishedHeaders : Object.fromEntries(channel.headers.map((name) => [name, '']))
  const headers = Object.entries(others).map(([name, description]) => [
    name,
    { type: 'string', ...(description ? { description } : {}) },
  ])
  return {
    name: type.name,
    title: type.message['title'],
    contentType,
    headers: {
      type: 'object',
      properties: { ...Object.fromEntries(headers), 'content-type': { type: 'string', const: contentType } },
      required: ['content-type'],
    },
    payload: { $ref: `#/components/schemas/${type.name}` },
    'x-schema': type.message['$id'],
  }
}

/** AsyncAPI has a dialect of its own, and names of its own. */
function payloadOf({ message }: MessageType): JsonSchema {
  const { $schema: _, $id: __, ...content } = message
  return content
}
