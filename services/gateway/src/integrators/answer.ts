import { streams } from '@pdf-smaller/contracts'
import type { EventConsumer, OpenedEventConsumer } from '@pdf-smaller/contracts/http'
import {
  accountOf,
  exportsOfServices,
  inboxPrefixOf,
  type Integrator,
  type Integrators,
  permissionsOf,
} from '@pdf-smaller/platform'

export function consumerAnswer(integrator: Integrator): EventConsumer {
  const { tenant, name, consumer, filters, subjects, startsAt, createdAt, createdBy, lag } = integrator
  return {
    tenant,
    name,
    stream: streams.jobs,
    consumer,
    filters,
    subjects,
    startsAt,
    createdAt: new Date(createdAt).toISOString(),
    createdBy,
    lag,
  }
}

/** @param password where it is told now; @param servicesAccount at a server that is not this system's own */
export function openedAnswer(
  { servers }: Pick<Integrators, 'servers'>,
  integrator: Integrator,
  { password, servicesAccount }: { password?: string | undefined; servicesAccount: string | undefined },
): OpenedEventConsumer {
  const { consumer } = integrator
  return {
    consumer: consumerAnswer(integrator),
    credentials: {
      servers: [...servers],
      user: consumer,
      ...(password === undefined ? {} : { password }),
      inboxPrefix: inboxPrefixOf(consumer),
    },
    permissions: permissionsOf(integrator),
    ...(servicesAccount === undefined
      ? {}
      : { serverConfig: { exports: exportsOfServices(), account: accountOf(integrator, servicesAccount) } }),
  }
}
