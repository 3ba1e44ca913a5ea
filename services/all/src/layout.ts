import type { Layout } from '@pdf-smaller/eventstore'
import { uploadConsumer } from '@pdf-smaller/gateway'
import { jobStreams } from '@pdf-smaller/platform'
import { type Service, workConsumer } from '@pdf-smaller/worker'
import type { SystemConfig } from './settings.ts'

/** Everything that the event store's server keeps for this system, as its release and settings want it. */
export function systemLayout(config: SystemConfig, services: readonly Service[]): Layout {
  const consumers = services.flatMap(({ domain, consumers = [] }) => [
    workConsumer(domain, config.RETRY_PACE),
    ...consumers,
  ])
  return { streams: jobStreams(config), consumers: [uploadConsumer, ...consumers] }
}
