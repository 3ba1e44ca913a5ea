import { setTimeout as wait } from 'node:timers/promises'
import { JobFailure, streams } from '@pdf-smaller/contracts'
import { openReaders, type Readers } from '@pdf-smaller/eventstore'
import type { NatsConnection } from '@nats-io/transport-node'
import { z } from 'zod'
import { newPassword } from './password.ts'
import { consumerOf, type Integrator, integratorIn, type IntegratorRecord, metadataOf } from './record.ts'
import type { IntegratorAccount } from './server-config.ts'

/** The accounts of integrators at a server of this system's own. */
export type EventAccounts = {
  /** Lets exactly these in from now on, and cuts off whoever else is connected. @throws StoreUnavailable */
  set: (accounts: readonly IntegratorAccount[]) => Promise<void>
}

export type NewIntegrator = Pick<
  IntegratorRecord,
  'tenant' | 'name' | 'filters' | 'createdBy' | 'request'
> & {
  subjects: string[]
  startsAt: number
}

export type Made =
  | { kind: 'made'; integrator: Integrator; password: string }
  /** By an earlier request under the same idempotency key. */
  | { kind: 'repeated'; integrator: Integrator }

/** Those who read events outside of this system. Their consumers are their records, the same for all processes. */
export type Integrators = {
  /**
   * @param most that its tenant may have
   * @throws JobFailure event_consumer_exists, idempotency_conflict, too_many_event_consumers; StoreUnavailable
   */
  create: (integrator: NewIntegrator, most: number) => Promise<Made>
  /** By tenant and name. @throws StoreUnavailable */
  all: () => Promise<Integrator[]>
  /** Ends consumer and credentials; @returns whether there was one. @throws StoreUnavailable */
  end: (tenant: string, name: string) => Promise<boolean>
  /** Brings the accounts of the server up to date with the records. @throws StoreUnavailable */
  reconcile: () => Promise<void>
  /** When the oldest event that one has not acknowledged was stored. @throws StoreUnavailable */
  oldestOpen: (integrator: Integrator) => Promise<string | undefined>
  kept: Readers['kept']
  /** Addresses of the server, for them. */
  servers: readonly string[]
  /** The account of the services, where accounts are the matter of the server's operator. */
  servicesAccount: () => Promise<string | undefined>
}

export type IntegratorsOptions = {
  /** Addresses of the server, as those outside are told them; nobody else needs them. */
  servers?: readonly string[]
  /** Of a server of this system's own. */
  accounts?: EventAccounts | undefined
}

export function openIntegrators(
  connection: NatsConnection,
  { servers = [], accounts }: IntegratorsOptions = {},
): Integrators {
  const readers = openReaders(connection, streams.jobs)
  const all = async () => {
    const found = (await readers.list()).flatMap((reader) => integratorIn(reader) ?? [])
    return found.toSorted((a, b) => order(a.consumer, b.consumer))
  }
  const setAccounts = async (own: EventAccounts) => {
    await own.set(await all())
    // A server that reads its accounts again does not hear this for a moment.
    await readers.kept()
  }
  const reconcile = accounts ? oneAfterTheOther(() => setAccounts(accounts)) : async () => {}
  const mostOfAll = accounts ? Infinity : mostElsewhere
  const create = openCreate({ readers, all, reconcile, mostOfAll })
  return {
    create,
    all,
    end: async (tenant, name) => {
      const consumer = consumerOf(tenant, name)
      const reader = await readers.find(consumer)
      const isThere = reader !== undefined && integratorIn(reader) !== undefined
      if (isThere) await readers.remove(consumer)
      // Also for one that is gone already: whoever ended it may not have got so far.
      await reconcile()
      return isThere
    },
    reconcile,
    oldestOpen: ({ consumer: name, subjects: filters, startsAt: from, createdAt, lag }) =>
      readers.oldestOpen({ name, filters, from, createdAt, lag, metadata: {} }),
    kept: readers.kept,
    servers,
    servicesAccount: async () => (accounts ? undefined : accountIn(connection)),
  }
}

type Parts = Pick<Integrators, 'all' | 'reconcile'> & {
  readers: Readers
  /** Of all tenants together. */
  mostOfAll: number
}

function openCreate({ readers, all, reconcile, mostOfAll }: Parts): Integrators['create'] {
  const create = async (wanted: NewIntegrator, most: number): Promise<Made> => {
    const stored = await all()
    const own = stored.filter(({ tenant }) => tenant === wanted.tenant)
    const repeated = repetition(own, wanted)
    if (repeated) return { kind: 'repeated', integrator: repeated }
    if (own.length >= most) throw tooMany(own.length, most)
    if (stored.length >= mostOfAll)
      throw new JobFailure(
        'too_many_event_consumers',
        `all tenants together have ${mostOfAll}, which is as many as nats-server has room for beside the services`,
      )
    const { subjects: filters, startsAt: from, ...record } = wanted
    const { password, passwordHash } = await newPassword()
    const name = consumerOf(wanted.tenant, wanted.name)
    const metadata = metadataOf({ ...record, passwordHash })
    const reader = await readers.create({ name, filters, from, metadata })
    const integrator = reader && integratorIn(reader)
    if (!integrator) {
      const other = await readers.find(name)
      if (other && !integratorIn(other)) throw taken(wanted.name)
      // Another request was quicker.
      return create(wanted, most)
    }
    try {
      await keepToMost(await all(), integrator, most)
      await reconcile()
    } catch (error) {
      await readers.remove(name).catch(() => false)
      throw error
    }
    return { kind: 'made', integrator, password }
  }
  return create
}

/** A server lets a stream have 1,000 consumers where nothing else is said (`default_max_consumers`); services need some. */
const mostElsewhere = 900

const WhoAmI = z.object({ data: z.object({ account: z.string() }) })
/** Where a server without accounts has everything; no configuration can name it. */
const globalAccount = '$G'

/** The account that this connection is in, or a name for it where it has none that can be configured. */
async function accountIn(connection: NatsConnection): Promise<string> {
  const told = await connection.request('$SYS.REQ.USER.INFO', '', { timeout: 2000 }).catch(() => undefined)
  const { data } = WhoAmI.safeParse(told && JSON.parse(told.string()))
  const account = data?.data.account ?? globalAccount
  return account === globalAccount ? 'PDF_SMALLER' : account
}

const order = (a: string, b: string) => (a < b ? -1 : Number(a > b))

/** The integrator that the same request has made. @throws JobFailure */
function repetition(own: readonly Integrator[], { name, request }: NewIntegrator): Integrator | undefined {
  const before = request && own.find((each) => each.request?.key === request.key)
  if (before?.request?.asked === request?.asked && before) return before
  if (before) throw new JobFailure('idempotency_conflict')
  if (own.some((each) => each.name === name)) throw taken(name)
  return undefined
}

/** Of requests at the same time, at several gateways, those that were stored first have the places. */
async function keepToMost(stored: readonly Integrator[], made: Integrator, most: number): Promise<void> {
  const own = stored
    .filter(({ tenant }) => tenant === made.tenant)
    .toSorted((a, b) => order(a.createdAt, b.createdAt) || order(a.consumer, b.consumer))
  if (own.findIndex(({ consumer }) => consumer === made.consumer) >= most) throw tooMany(most, most)
}

const taken = (name: string) => new JobFailure('event_consumer_exists', `"${name}" is taken`)

const tooMany = (has: number, most: number) =>
  new JobFailure(
    'too_many_event_consumers',
    `it has ${has}, of ${most} (PDF_SMALLER_TENANT_MAX_EVENT_CONSUMERS)`,
  )

/**
 * Runs that are asked for while one goes on share the next one, which begins with what all of them have stored. Between two
 * there is as much time for others as the first has taken.
 */
function oneAfterTheOther(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  let quietUntil = 0
  let next: Promise<void> | undefined
  const begin = () => {
    next = undefined
    const begun = performance.now()
    running = run().finally(() => (quietUntil = 2 * performance.now() - begun))
    return running
  }
  return () => {
    next ??= running
      .catch(() => {})
      .then(() => wait(Math.max(0, quietUntil - performance.now())))
      .then(begin)
    return next
  }
}
