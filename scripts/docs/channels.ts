import { type Channel, channels } from '@pdf-smaller/contracts'
import { silencePolicy } from '@pdf-smaller/domain'

/** The streams and their readers, from the table that makes them. */
export function channelReference(): string[] {
  return [
    '## Channels',
    '',
    '| Stream | Holds | Subjects | Kept | Of each subject | Replay | Written by | Read by |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...channels.map(rowOf),
    '',
    'Replay: whether a reader may begin at any message that is kept. How long events are kept is a setting of the step that',
    'makes the streams (`PDF_SMALLER_EVENT_RETENTION_DAYS`).',
    '',
    ...channels.flatMap(({ stream, republished: copy }) =>
      copy
        ? [
            `What \`${stream}\` stores under \`${copy.from}\` is republished under \`${copy.to}\`: plain subscribers there see only what was stored.`,
            '',
          ]
        : [],
    ),
    ...channels.flatMap(({ stream, headers }) =>
      headers.length > 0 ? [`Headers of messages of \`${stream}\`: ${code(headers)}.`, ''] : [],
    ),
    '| Durable consumer | Stream | Filters | Given out again after (s) | At most |',
    '| --- | --- | --- | --- | --- |',
    ...channels.flatMap(consumerRows),
  ]
}

const code = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ')

function rowOf(channel: Channel): string {
  const { stream, holds, subjects, keptSeconds, newestOnly, mostOfEach, replay, writers, readers, storage } =
    channel
  const kept = keptSeconds === undefined ? untilOf(channel) : spanOf(keptSeconds)
  const cells = [
    `\`${stream}\``,
    holds,
    code(subjects),
    storage === 'memory' ? `${kept}, in memory` : kept,
    newestOnly ? 'the newest' : mostOfEach === undefined ? 'all' : `the newest ${mostOfEach}`,
    replay ? 'yes' : 'no',
    writers.join(', '),
    readers.join(', '),
  ]
  return `| ${cells.join(' | ')} |`
}

const untilOf = ({ expendable }: Channel) => (expendable ? 'until it is given up' : 'for good')

const units: readonly [string, number][] = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
]

function spanOf(seconds: number): string {
  const [name, unit] = units.find(([, size]) => seconds >= 2 * size) ?? ['s', 1]
  return `${seconds / unit} ${name}`
}

function consumerRows({ stream, consumers }: Channel): string[] {
  return consumers.map(({ name, filters, waits }) => {
    const times = waits === 'lost worker' ? 'as WorkerLostError says' : waits.join(', ')
    const most = waits === 'lost worker' ? silencePolicy(1).maxDeliver : 'until it is done with'
    return `| \`${name}\` | \`${stream}\` | ${code(filters)} | ${times} | ${most} |`
  })
}
