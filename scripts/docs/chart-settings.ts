import { settingsOfServices } from '@pdf-smaller/all/settings'
import { type Settings, sharedSettings } from '@pdf-smaller/platform/settings'
import { z } from 'zod'

/** Settings that the Helm chart has values of its own for, or decides by itself. */
export const setByChart: readonly string[] = [
  'HOST',
  'PORT',
  'OPS_PORT',
  'KEYS_FILE',
  'STREAM_TOKEN_KEY_FILE',
  'WEBHOOK_KEY_FILE',
  'OPEN_TO_ANYONE',
  'NATS_URL',
  'NATS_TOKEN',
  'NATS_CREDENTIALS_FILE',
  'NATS_USER',
  'NATS_PASSWORD',
  'NATS_NKEY_FILE',
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

/** Files with secrets, and who is given them; workers read where they are only to hide them, and do not have them there. */
export const filesFor: Readonly<Record<string, readonly string[]>> = {
  KEYS_FILE: ['gateway'],
  STREAM_TOKEN_KEY_FILE: ['gateway'],
  WEBHOOK_KEY_FILE: ['gateway', 'webhooks'],
  LLM_API_KEY_FILE: ['ai-extraction', 'janitor'],
}

/** What a setting may be where that is a choice; empty where it is not. */
type Choices = Record<string, string[]>

type ChartSettings = {
  /** Those of every service that values may give. */
  every: Choices
  /** What each service reads besides. */
  services: Record<string, Choices>
  /** What the chart itself tells each service, where it has something to tell. */
  own: Record<string, string[]>
}

/** Which settings go to which service, for the templates of the chart. */
export function chartSettings(): ChartSettings {
  const each = <T>(of: (service: string, settings: Settings) => T) =>
    Object.fromEntries(
      Object.entries(settingsOfServices).map(([service, settings]) => [service, of(service, settings)]),
    )
  return {
    every: choicesOf(sharedSettings),
    services: each((_, settings) => choicesOf(settings)),
    own: each((service, settings) => {
      const read = { ...sharedSettings, ...settings }
      return setByChart.filter((name) => name in read && (filesFor[name]?.includes(service) ?? true))
    }),
  }
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
