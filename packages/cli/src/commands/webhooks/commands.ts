import { defineCommand } from '../../program/command.ts'
import type { Argument } from '../../program/description.ts'
import { choice, count, needed, type Option, text, words } from '../../program/options.ts'

const webhook: Argument = { name: 'WEBHOOK', about: 'the id of the webhook' }
const several: Argument = { name: 'WEBHOOK', about: 'the ids of the webhooks', several: true }
const oneWebhook = 'the webhook, as GET /api/webhooks has it. With --quiet: its id.'
const from = 'a sequence of the stream, 0 for all that are kept, or a time such as 2026-11-01 or 2h'

/** Words, or nothing where the option is not there; an empty text takes them away. */
function wordsIfGiven(value: string, about: string): Option<string[] | undefined> {
  const option = words(value, about)
  return { ...option, read: (stated, flag) => (stated === undefined ? undefined : option.read(stated, flag)) }
}

/** What a webhook is told of. */
const filters = {
  name: text('TEXT', 'a word of your own'),
  types: wordsIfGiven('TYPE', 'events of these types, such as completed,failed; without it how jobs end'),
  tasks: wordsIfGiven('TASK', 'only jobs of these tasks'),
  tags: wordsIfGiven('TEXT', 'only jobs with one of these tags'),
}

const createWebhook = defineCommand({
  name: 'webhooks create',
  about: 'Have events sent to an address, signed',
  more: [
    'The secret that the messages are signed with is told this once. Without an address it is the webhook of requests, of which a tenant has one. Needs a key with the scope admin, as all that changes webhooks.',
  ],
  arguments: [{ name: 'URL', about: 'where to', optional: true }],
  options: { ...filters, from: text('FROM', `begin there and not with what is new: ${from}`) },
  json: 'the webhook with secretKey. With --quiet: the secret.',
  examples: [['webhooks create https://example.org/pdf --types completed,failed --tags spring', '']],
  code: () => import('./create.ts'),
})

const listWebhooks = defineCommand({
  name: 'webhooks list',
  about: 'List the webhooks of the tenant',
  arguments: [],
  options: {},
  json: 'a webhook on each line. With --quiet: its id.',
  code: () => import('./list.ts'),
})

const getWebhook = defineCommand({
  name: 'webhooks get',
  about: 'Tell what a webhook is told of, how it is, and how far',
  arguments: [webhook],
  options: {},
  json: 'the webhook, as GET /api/webhooks/{id} has it. With --quiet: its status.',
  code: () => import('./get.ts'),
})

const changeWebhook = defineCommand({
  name: 'webhooks change',
  about: 'Change what a webhook is told, and where',
  more: [
    'What is not given stays as it is; an empty text takes a filter away. The secret and the place stay.',
  ],
  arguments: [webhook],
  options: { url: text('URL', 'where to'), ...filters },
  json: oneWebhook,
  code: () => import('./change.ts'),
})

const deleteWebhooks = defineCommand({
  name: 'webhooks delete',
  about: 'Delete webhooks',
  more: ['Nothing is sent any more, and what waited is dropped.'],
  arguments: [several],
  options: {},
  json: 'an object on each line: id. With --quiet: the id.',
  code: () => import('./delete.ts'),
})

const rotateWebhook = defineCommand({
  name: 'webhooks rotate',
  about: 'Get a new secret for a webhook',
  more: ['For a while the old one signs as well, so that receivers can be changed one after the other.'],
  arguments: [webhook],
  options: {
    overlap: count('how many seconds the old secret signs as well; 0 where others know it', 86_400, 0),
  },
  json: 'the webhook with secretKey. With --quiet: the secret.',
  code: () => import('./rotate.ts'),
})

const pingWebhook = defineCommand({
  name: 'webhooks ping',
  about: 'Send a message that only tries a webhook',
  more: ['What came of it is told by: pdf-smaller webhooks deliveries WEBHOOK'],
  arguments: [webhook],
  options: {},
  json: 'an object: messageId. With --quiet: the same.',
  code: () => import('./ping.ts'),
})

const listDeliveries = defineCommand({
  name: 'webhooks deliveries',
  about: 'List the attempts to send messages to a webhook, the newest first',
  arguments: [webhook],
  options: {
    outcome: choice('only those that ended so', ['delivered', 'failed', 'given up'] as const),
    message: text('ID', 'only attempts to send this message'),
    limit: count('how many', 20),
  },
  json: 'an attempt on each line. With --quiet: the sequence of its event.',
  code: () => import('./deliveries.ts'),
})

const redeliver = defineCommand({
  name: 'webhooks redeliver',
  about: 'Send events to a webhook again, now',
  arguments: [webhook, { name: 'SEQUENCE', about: 'the sequences of the events', several: true }],
  options: {},
  json: 'an object on each line: sequence, messageId',
  code: () => import('./redeliver.ts'),
})

const disableWebhook = defineCommand({
  name: 'webhooks disable',
  about: 'Send nothing to webhooks for now',
  more: ['Their places are kept.'],
  arguments: [several],
  options: {},
  json: oneWebhook,
  code: () => import('./disable.ts'),
})

const resumeWebhook = defineCommand({
  name: 'webhooks resume',
  about: 'Send to webhooks again, from the first event on that did not reach them',
  arguments: [several],
  options: {},
  json: oneWebhook,
  code: () => import('./resume.ts'),
})

const backfillWebhook = defineCommand({
  name: 'webhooks backfill',
  about: 'Send all events again from a place on',
  arguments: [webhook],
  options: { from: needed('FROM', from) },
  json: oneWebhook,
  code: () => import('./backfill.ts'),
})

export const webhookCommands = [
  createWebhook,
  listWebhooks,
  getWebhook,
  changeWebhook,
  deleteWebhooks,
  rotateWebhook,
  pingWebhook,
  listDeliveries,
  redeliver,
  disableWebhook,
  resumeWebhook,
  backfillWebhook,
]
