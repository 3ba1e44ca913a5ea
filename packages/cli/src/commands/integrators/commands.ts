import { defineCommand } from '../../program/command.ts'
import { text, texts } from '../../program/options.ts'

const tenant = text('TENANT', 'another tenant than that of the key, where the key allows it')
const nameArgument = { name: 'NAME', about: 'what the integrator is called: letters, digits, _ and -' }
const needsAdmin = 'Needs a key with the scope admin.'

export const createIntegrator = defineCommand({
  name: 'integrators create',
  about: 'Let somebody read the events of a tenant from NATS',
  more: [
    'Makes a durable pull consumer and the credentials that open it and nothing else. The password is told this once.',
    needsAdmin,
  ],
  arguments: [nameArgument],
  options: {
    tenant,
    filter: texts(
      'NAME=VALUE',
      'only such events, such as task=compress or type=completed,failed,cancelled; may be given several times',
    ),
    from: text(
      'FROM',
      'begin with this sequence, time or day, or with what is new (new by default); 0 is all that is kept',
    ),
  },
  json: 'an object: consumer, credentials (servers, user, password, inboxPrefix), permissions, and serverConfig for a nats-server of one’s own. With --quiet: the password.',
  examples: [['integrators create billing --filter task=extract-invoice --from 2026-11-01', '']],
  code: () => import('./create.ts'),
})

export const listIntegrators = defineCommand({
  name: 'integrators list',
  about: 'List who reads events from NATS, and how far each is',
  more: [needsAdmin],
  arguments: [],
  options: {
    tenant: text('TENANT', 'another tenant than that of the key, or * for all, where the key allows it'),
  },
  json: 'a consumer on each line, as GET /api/event-consumers has it. With --quiet: its name.',
  code: () => import('./list.ts'),
})

export const revokeIntegrators = defineCommand({
  name: 'integrators revoke',
  about: 'End consumers and their credentials at once',
  more: [
    'Whoever is connected with them is cut off. Events stay; the places among them are gone.',
    needsAdmin,
  ],
  arguments: [{ ...nameArgument, several: true }],
  options: { tenant },
  json: 'an object on each line: tenant, name, and accountToRemove with a nats-server of one’s own. With --quiet: the name.',
  code: () => import('./revoke.ts'),
})
