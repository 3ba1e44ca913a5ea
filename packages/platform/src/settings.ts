import { hostname } from 'node:os'
import path from 'node:path'
import { z } from 'zod'

/**
 * Settings by their names, without the prefix, each with how it is read from text. What one service alone reads stands
 * beside it, in its `settings.ts`; here is what several read.
 */
export type Settings = Readonly<Record<string, z.ZodType>>

export const flag = (usual: boolean) =>
  z
    .enum(['true', 'false'])
    .default(usual ? 'true' : 'false')
    .transform((value) => value === 'true')
/** A whole number. */
export const count = (usual: number, min = 0) => z.coerce.number().int().min(min).default(usual)
/** Separated by commas. */
const names = z.string().transform((given) =>
  given
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
)
/** Given in megabytes, read in bytes. */
export const megabytes = (usual: number) =>
  z.coerce
    .number()
    .positive()
    .default(usual)
    .transform((value) => Math.round(value * 1024 * 1024))
/** Engines run in folders of their own, so a path must not depend on the one this process was started in. */
export const folder = z.string().transform((given) => path.resolve(given))
export const port = z.coerce.number().int().min(0).max(65_535)

/** What every service reads. */
export const sharedSettings = {
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe(
      'Address that the gateway listens on, and a worker or webhooks that run alone with their OPS_PORT',
    ),

  NATS_URL: z
    .string()
    .optional()
    .describe(
      'Servers of the event store, separated by commas; the embedded system starts its own without it',
    ),
  NATS_USER: z.string().optional().describe('User of the event store; so may NATS_URL name it'),
  NATS_PASSWORD: z.string().optional().describe('Password of that user'),
  NATS_TOKEN: z.string().optional().describe('Token of the event store'),
  NATS_NKEY_FILE: z.string().optional().describe('File with the seed of an nkey of the event store'),
  NATS_CREDENTIALS_FILE: z.string().optional().describe('NATS .creds file'),
  NATS_WAIT_SECONDS: count(60).describe('How long a start waits for the event store before it is given up'),

  DATA_DIR: folder
    .prefault('.data')
    .describe('Folder of the embedded event store, the directory object store and the projection'),
  WORK_DIR: folder.optional().describe("Folder of the attempts' workspaces; <DATA_DIR>/work by default"),
  STORAGE: z.enum(['directory', 's3']).default('directory').describe('Where files are kept'),
  STORAGE_DURABLE: flag(true).describe(
    'Flush files of the directory store to the disk before they count as stored',
  ),
  S3_ENDPOINT: z.url().optional().describe('Address of the S3 store'),
  S3_REGION: z.string().default('us-east-1').describe('Region that requests are signed for'),
  S3_BUCKET: z.string().default('pdf-smaller').describe('Bucket of all files; made when it is not there'),
  S3_ACCESS_KEY: z.string().optional().describe('Access key of the S3 store'),
  S3_SECRET_KEY: z.string().optional().describe('Secret key of the S3 store'),
  S3_PUBLIC_ENDPOINT: z
    .url()
    .optional()
    .describe('Address of the S3 store as clients reach it, for direct uploads and downloads'),

  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('What is logged, and what is graver'),
  LOG_FORMAT: z
    .enum(['auto', 'json', 'pretty'])
    .default('auto')
    .describe('auto is pretty on a terminal and JSON elsewhere'),

  DRAIN_SECONDS: count(25).describe(
    'How long running jobs may finish when a service is stopped; then they are handed back',
  ),
  WORKER_NAME: z.string().default(`${hostname()}-${process.pid}`).describe('Name of this process in events'),
} satisfies Settings

/** What those read who give out links. */
export const linkSettings = {
  PUBLIC_URL: z
    .url()
    .optional()
    .describe('Address under which clients reach the gateway, for the links it gives out'),
} satisfies Settings

/** What services read that are reached over HTTP by their platform alone. */
export const opsSettings = {
  OPS_PORT: port
    .optional()
    .describe('Port for /livez, /readyz and /metrics of a worker or webhooks that run alone'),
} satisfies Settings

/** What is decided about the streams where they are made. */
export const streamSettings = {
  NATS_REPLICAS: z.coerce
    .number()
    .int()
    .min(1)
    .max(5)
    .optional()
    .describe(
      'Copies of each stream, where the streams are made; without it they stay as they are, or begin with 1',
    ),
  EVENT_RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(40)
    .max(36_500)
    .optional()
    .describe(
      'How long events are kept, where the streams are made; without it that stays as it is, or begins with 400 days',
    ),
  RETRY_PACE: z.coerce
    .number()
    .min(0.001)
    .max(1000)
    .default(1)
    .describe('Multiplies all waits before retries; below 1 for tests and demonstrations'),
} satisfies Settings

/** How long files wait for their jobs: the gateway deletes them then, and the janitor takes none for lost before. */
export const uploadSettings = {
  UPLOAD_SECONDS: count(3600, 1).describe('Longest time that one upload may take'),
  UPLOAD_GRACE_SECONDS: count(60).describe(
    'How long after the longest upload its files are deleted when the gateway that took them is gone; longer than ' +
      'storing a job may wait for the event store (10 s or more), as files of one that is accepted later would be deleted',
  ),
  UPLOAD_KEEP_SECONDS: count(86_400, 1).describe('How long an uploaded file waits for its job'),
} satisfies Settings

/** Files with secrets besides that of the event store, whoever reads them: workers hide them from what runs jobs. */
export const secretFileSettings = {
  KEYS_FILE: z
    .string()
    .optional()
    .describe('JSON file with the API keys, hashed; without it anyone on this machine may use the service'),
  LLM_API_KEY_FILE: z.string().optional().describe('File with the key of the LLM endpoint, in place of it'),
  STREAM_TOKEN_KEY_FILE: z
    .string()
    .optional()
    .describe(
      'File with the key that stream tokens are signed with, the same for all gateways; without it those of one data folder share one',
    ),
  WEBHOOK_KEY_FILE: z
    .string()
    .optional()
    .describe(
      'File with the key that the secrets of webhooks derive from, the same for gateways and webhooks; without it those of one data folder share one. Another key is another secret for every webhook',
    ),
} satisfies Settings

/** Where webhooks may go: the gateway refuses other addresses, and the webhooks' service connects to none. */
export const webhookSettings = {
  WEBHOOK_KEY_FILE: secretFileSettings.WEBHOOK_KEY_FILE,
  WEBHOOK_PORTS: names
    .pipe(z.array(z.string().pipe(z.coerce.number<string>().int().min(1).max(65_535))))
    .prefault('443,80,8443')
    .describe('Ports that webhooks are sent to, separated by commas'),
  WEBHOOK_NETWORKS: names
    .pipe(z.array(z.union([z.cidrv4(), z.cidrv6()])))
    .prefault('')
    .describe(
      'Networks that webhooks are sent to although they are not the internet, such as 10.1.0.0/16, separated by commas; there http and any port will do',
    ),
} satisfies Settings

/** A language model that is asked over the network. */
export const llmSettings = {
  LLM_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address of an OpenAI-compatible endpoint of language models, such as https://host/v1'),
  LLM_API_KEY: z.string().optional().describe('Key of that endpoint'),
  LLM_API_KEY_FILE: secretFileSettings.LLM_API_KEY_FILE,
  LLM_MODELS: names
    .prefault('')
    .describe(
      'Models that may be asked to read invoices and bank statements, separated by commas, the usual one first; without one, or an address, rules read them',
    ),
  LLM_CONTEXT_TOKENS: count(8192, 1024).describe(
    'Tokens that the server gives the model for a question and its answer together',
  ),
} satisfies Settings
