import type { Channel, ChannelConsumer } from './channel.ts'
import { domains, earlierResultDays, eventRetentionDays, streams } from './streams.ts'
import { workSubjects } from './subjects.ts'
import { webhookChannels } from './webhook-channels.ts'

const day = 86_400
const workers = domains.filter((domain) => domain !== 'janitor')

/** Where it is tried whether the stream of events takes any. */
export const probeSubject = 'probe.events'

/** Who gives out the dead man's switches of uploads that went off. */
export const uploadConsumer: ChannelConsumer = {
  name: 'gateway-uploads',
  filters: ['tick.upload.*.*'],
  waits: [60, 120, 300, 600],
}

/** Who gives out the ticks of periodic work. */
export const tickConsumer: ChannelConsumer = {
  name: 'janitor-ticks',
  filters: ['tick.maintenance.*'],
  waits: [10, 30, 600],
}

/** Who gives out the server's notes about messages that it gave up. */
export const noteConsumer: ChannelConsumer = {
  name: 'janitor',
  filters: ['>'],
  waits: [30, 60, 300],
}

/** Who gives out the jobs of a domain. Deliveries are no starts: see `silencePolicy`. */
export function workConsumer(domain: string): ChannelConsumer {
  return { name: domain, filters: workSubjects(domain), waits: 'lost worker' }
}

/** Every stream of the event store: the first is that of the events. The step makes them as they stand here. */
export const channels: readonly [Channel, ...Channel[]] = [
  {
    stream: streams.jobs,
    holds: 'every fact about every job, and what is to be published later: waits, schedules, switches',
    subjects: ['pdf.>', 'due.>', 'cron.>', 'tick.>', probeSubject],
    storage: 'file',
    keptSeconds: eventRetentionDays * day,
    keptAsTold: true,
    newestOnly: false,
    expendable: false,
    replay: true,
    republished: { from: 'pdf.>', to: 'live.pdf.>' },
    appended: true,
    writers: ['gateway', ...domains, 'webhooks', 'nats-server'],
    readers: ['gateway', ...domains, 'webhooks'],
    headers: [
      'content-type',
      'Nats-Expected-Last-Subject-Sequence',
      'Nats-Expected-Last-Subject-Sequence-Subject',
      'Nats-Batch-Id',
      'Nats-Batch-Sequence',
      'Nats-Batch-Commit',
      'Nats-Schedule',
      'Nats-Schedule-Target',
      'Nats-Scheduler',
      'Nats-Schedule-Next',
      'Nats-TTL',
      'Nats-Rollup',
    ],
    consumers: [...domains.map(workConsumer), uploadConsumer, tickConsumer],
    madeBy: 'step',
  },
  {
    stream: streams.progress,
    holds: 'how far each running attempt is',
    subjects: ['progress.>'],
    storage: 'memory',
    keptSeconds: 3600,
    newestOnly: true,
    expendable: true,
    replay: false,
    writers: [...domains],
    readers: ['gateway'],
    headers: ['content-type'],
    consumers: [],
    madeBy: 'step',
  },
  {
    stream: streams.presence,
    holds: 'which processes run, on which hosts, with which engines and disks',
    subjects: ['presence.>'],
    storage: 'memory',
    keptSeconds: 900,
    newestOnly: true,
    expendable: true,
    replay: false,
    writers: ['gateway', ...domains, 'webhooks'],
    readers: ['janitor'],
    headers: [],
    consumers: [],
    madeBy: 'step',
  },
  {
    stream: streams.results,
    holds: 'which job had a result for the same files and options',
    subjects: ['results.>'],
    storage: 'file',
    keptSeconds: earlierResultDays * day,
    newestOnly: true,
    expendable: true,
    replay: false,
    writers: workers,
    readers: workers,
    headers: [],
    consumers: [],
    madeBy: 'step',
  },
  {
    stream: streams.spending,
    holds: 'what each tenant has spent on language models in each month',
    subjects: ['spending.>'],
    storage: 'file',
    keptSeconds: eventRetentionDays * day,
    newestOnly: true,
    expendable: false,
    replay: false,
    writers: ['ai-extraction'],
    readers: ['ai-extraction'],
    headers: ['Nats-Expected-Last-Subject-Sequence'],
    consumers: [],
    madeBy: 'step',
  },
  {
    stream: streams.dead,
    holds: 'notes of the server about messages of jobs that it gives out no more',
    subjects: [`$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.${streams.jobs}.>`],
    storage: 'file',
    keptSeconds: 30 * day,
    newestOnly: false,
    expendable: false,
    replay: true,
    writers: ['nats-server'],
    readers: ['janitor'],
    headers: [],
    consumers: [noteConsumer],
    madeBy: 'step',
  },
  ...webhookChannels,
  {
    stream: streams.reserve,
    holds: 'room that is given up for the ends of jobs when the server is full',
    subjects: [`${streams.reserve}.*`],
    storage: 'file',
    newestOnly: true,
    expendable: true,
    replay: false,
    writers: ['gateway', ...domains],
    readers: [],
    headers: [],
    consumers: [],
    madeBy: 'need',
  },
]
