import { settingsOfServices } from '@pdf-smaller/all/settings'
import { type Settings, sharedSettings } from '@pdf-smaller/platform/settings'
import { z } from 'zod'

/** Settings that the Helm chart has values of its own for, or decides by itself. */
export const setByChart: readonly string[] = [
  'HOST',
  'PORT',
  'OPS_PORT',
  'KEYS_FILE',
  'OPEN_TO_ANYONE',
  'NATS_URL',
  'NATS_TOKEN',
  'NATS_CREDENTIALS_FILE',
  'NATS_REPLICAS',
  'EVENT_RETENTION_DAYS',
  'DATA_DIR',
  'STORAGE',
  'S3_ENDPOINT',
  'S3_REGION',
  'S3_BUCKET',
  'S3_ACCESS_KEY',
  'S3_SECRET_KEY',
  'S3_PUBLIC_ENDPOINT',
  'LLM_URL',
  'LLM_API_KEY_FILE',
  'CONCURRENCY_AI_EXTRACTION',
  'CONCURRENCY_COMPRESSION',
  'CONCURRENCY_CONVERSION',
  'CONCURRENCY_JANITOR',
  'CONCURRENCY_OCR',
  'DRAIN_SECONDS',
  'WORKER_NAME',
]

/** Settings that are of no use on Kubernetes: of the embedded system, of a host's folders, of secrets that are files there. */
export const notOnKubernetes: readonly string[] = [
  'NATS_SERVER',
  'STORAGE_DURABLE',
  'WORK_DIR',
  'LOG_DIR',
  'LLM_API_KEY',
]

/** What a setting may be where that is a choice; empty where it is not. */
type Choices = Record<string, string[]>

/**
 * Which settings the chart's values may give to which service, for its templates: those of every service, and those that
 * each reads besides.
 */
export function chartSettings(): { every: Choices; services: Record<string, Choices> } {
  const services = Object.entries(settingsOfServices).map(([service, settings]): [string, Choices] => [
    service,
    choicesOf(settings),
  ])
  return { every: choicesOf(sharedSettings), services: Object.fromEntries(services) }
}

function choicesOf(settings: Settings): Choices {
  const { properties = {} } = z.toJSONSchema(z.object({ ...settings }), { io: 'input' })
  return Object.fromEntries(
    Object.keys(settings)
      .filter((name) => !setByChart.includes(name) && !notOnKubernetes.includes(name))
      .map((name) => {
        const property = properties[name]
        const { enum: values = [] } = typeof property === 'object' ? property : {}
        return [name, values.map(String)]
      }),
  )
}
