import { streams } from '@pdf-smaller/contracts'
import type { NatsPermissions } from '@pdf-smaller/contracts/http'
import type { Integrator } from './record.ts'

/** What the server has to know of an integrator. */
export type IntegratorAccount = Pick<Integrator, 'tenant' | 'consumer' | 'passwordHash'>

const api = '$JS.API.CONSUMER'
const stream = streams.jobs

/** Nobody answers there. An account that imports it as the JetStream API's own does not get the server's word that it has none. */
const nobody = 'integrators.nobody'

/** Of services, each with what may come back: many messages to one request, or one. */
const services = [
  { to: (consumer: string) => `${api}.MSG.NEXT.${stream}.${consumer}`, answers: 'stream' },
  { to: (consumer: string) => `${api}.INFO.${stream}.${consumer}`, answers: 'one' },
  { to: (consumer: string) => `${api}.RESET.${stream}.${consumer}`, answers: 'one' },
  { to: (consumer: string) => `$JS.ACK.${stream}.${consumer}.>`, answers: 'one' },
] as const

const liveOf = (tenant: string) => `live.pdf.${tenant}.>`

/** Answers come under it. Not of the tenant: its integrators would see those of each other. */
export const inboxPrefixOf = (consumer: string) => `_INBOX_${consumer}`

/** What the user of an integrator may do: pull from its consumer, acknowledge, reset it, and listen to its tenant live. */
export function permissionsOf({
  consumer,
  tenant,
}: Pick<Integrator, 'consumer' | 'tenant'>): NatsPermissions {
  return {
    publish: services.map(({ to }) => to(consumer)),
    subscribe: [`${inboxPrefixOf(consumer)}.>`, liveOf(tenant)],
  }
}

/**
 * What the account of the services lets others import, as a line of the configuration of nats-server.
 *
 * Permissions alone do not hold. A request names the subject that its answer goes to, which the server does not check
 * against them: a user who may acknowledge can have the server send an empty message to `$JS.API.STREAM.DELETE.JOBS`. Across
 * accounts an answer ends where the request came from.
 */
export function exportsOfServices(): string {
  const own = services.map(({ to, answers }) => {
    const kind = answers === 'stream' ? ', response_type: stream' : ''
    return `    { service: ${quoted(to('*'))}${kind} }`
  })
  const more = [`    { service: ${quoted(nobody)} }`, `    { stream: ${quoted(liveOf('*'))} }`]
  return ['exports: [', ...own, ...more, ']'].join('\n')
}

/** The account of an integrator, for the block `accounts` of nats-server. @param from the account of the services */
export function accountOf({ tenant, consumer, passwordHash }: IntegratorAccount, from: string): string {
  const { publish, subscribe } = permissionsOf({ tenant, consumer })
  const subject = (name: string) => `account: ${quoted(from)}, subject: ${quoted(name)}`
  return `${quoted(consumer)}: {
  limits: { max_connections: 100, max_subscriptions: 1000, max_payload: 65536, max_leafnodes: 0 }
  imports: [
${publish.map((to) => `    { service: { ${subject(to)} } }`).join('\n')}
    { service: { ${subject(nobody)} }, to: "$JS.API.INFO" }
    { stream: { ${subject(liveOf(tenant))} } }
  ]
  users: [
    {
      user: ${quoted(consumer)}
      password: ${quoted(passwordHash)}
      allowed_connection_types: ["STANDARD", "WEBSOCKET"]
      permissions: {
        publish: [${publish.map(quoted).join(', ')}]
        subscribe: [${subscribe.map(quoted).join(', ')}]
      }
    }
  ]
}`
}

/** All of them come from the charset of tenants and names, or from here. */
const quoted = (text: string) => JSON.stringify(text)
