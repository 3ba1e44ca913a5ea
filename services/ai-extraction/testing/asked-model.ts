import { loadConfig, openMetrics } from '@pdf-smaller/platform'
import type { TaskContext } from '@pdf-smaller/task'
import type { NatsConnection } from '@nats-io/transport-node'
import { openDesk } from '../llm/desk/desk.ts'
import { aiExtractionSettings } from '../src/settings.ts'

/** What a service answers to its tasks, without a worker around it and without a budget. */
export function askOf(url: string, settings: Record<string, string> = {}): TaskContext<unknown>['ask'] {
  const config = loadConfig(aiExtractionSettings, {
    PDF_SMALLER_LLM_URL: url,
    PDF_SMALLER_LLM_MODELS: 'scripted',
    ...settings,
  })
  // Only a budget needs the event store.
  const connection = undefined as unknown as NatsConnection
  const answer = openDesk({ config, metrics: openMetrics(), connection })
  const log = { debug: () => {}, info: () => {}, warn: () => {} }
  const { signal } = new AbortController()
  return (question) => answer({ question, tenant: 'default', jobId: 'a-job', signal, log })
}
