import { availableParallelism, hostname } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { StartError } from './start.ts'

const flag = (usual: boolean) =>
  z
    .enum(['true', 'false'])
    .default(usual ? 'true' : 'false')
    .transform((value) => value === 'true')
const count = (usual: number, min = 0) => z.coerce.number().int().min(min).default(usual)
const names = z.string().transform((given) =>
  given
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
)
const price = (of: string) => z.coerce.number().nonnegative().default(0).describe(`Price of a million ${of}`)
const megabytes = (usual: number) =>
  z.coerce
    .number()
    .positive()
    .default(usual)
    .transform((value) => Math.round(value * 1024 * 1024))
/** What a task may take in memory, where it is not among the exceptions. */
export type TaskMemory = { usual: number; of: ReadonlyMap<string, number> }

/** A number of megabytes, and others for the tasks that are named: `4096,ocr=6144`. */
const taskMemory = z
  .string()
  .regex(/^\d+(,[a-z-]+=\d+)*$/, 'a number of megabytes, and exceptions behind it, such as 4096,ocr=6144')
  .transform((given): TaskMemory => {
    const [usual = '', ...exceptions] = given.split(',')
    const named = exceptions
      .map((each) => each.split('='))
      .map(([task = '', size]): [string, number] => [task, bytesOf(size)])
    return { usual: bytesOf(usual), of: new Map(named) }
  })
const bytesOf = (size: string | undefined) => Number(size) * 1024 * 1024

/** Engines run in folders of their own, so a path must not depend on the one this process was started in. */
const folder = z.string().transform((given) => path.resolve(given))
const port = z.coerce.number().int().min(0).max(65_535)

/** Every setting of every service, read from the environment under the prefix PDF_SMALLER_. */
export const Config = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address that the gateway listens on'),
  PORT: port.default(8080).describe('Port that the gateway listens on; 0 picks a free one'),
  OPS_PORT: port.optional().describe('Port for /livez, /readyz and /metrics of a worker that runs alone'),
  PUBLIC_URL: z
    .url()
    .optional()
    .describe('Address under which clients reach the gateway, for the links it gives out'),
  KEYS_FILE: z
    .string()
    .optional()
    .describe('JSON file with the API keys, hashed; without it anyone on this machine may use the service'),
  OPEN_TO_ANYONE: flag(false).describe(
    'Allow a gateway without keys to listen on an address other than loopback',
  ),

  NATS_URL: z
    .string()
    .optional()
    .describe(
      'Servers of the event store, separated by commas; the embedded system starts its own without it',
    ),
  NATS_TOKEN: z.string().optional().describe('Token of the event store'),
  NATS_CREDENTIALS_FILE: z.string().optional().describe('NATS .creds file'),
  NATS_WAIT_SECONDS: count(60).describe('How long a start waits for the event store before it is given up'),
  NATS_REPLICAS: z.coerce.number().int().min(1).max(5).default(1).describe('Copies of each stream'),
  NATS_SERVER: z.string().optional().describe('nats-server program of the embedded system'),

  DATA_DIR: folder
    .prefault('.data')
    .describe('Folder of the embedded event store, the directory object store and the projection'),
  WORK_DIR: folder.optional().describe("Folder of the attempts' workspaces; <DATA_DIR>/work by default"),
  LOG_DIR: folder
    .optional()
    .describe('Folder of *.log files that something else writes; the janitor packs and deletes old ones'),
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

  LLM_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address of an OpenAI-compatible endpoint of language models, such as https://host/v1'),
  LLM_API_KEY: z.string().optional().describe('Key of that endpoint'),
  LLM_API_KEY_FILE: z.string().optional().describe('File with that key, in place of it'),
  LLM_MODELS: names
    .prefault('')
    .describe(
      'Models that may be asked to read invoices and bank statements, separated by commas, the usual one first; without one, or an address, rules read them',
    ),
  LLM_CONTEXT_TOKENS: count(8192, 1024).describe(
    'Tokens that the server gives the model for a question and its answer together',
  ),
  LLM_ANSWER_TOKENS: count(2048, 1).describe('Most tokens of one answer'),
  LLM_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(290)
    .default(120)
    .describe('How long one answer may take; Node waits for no more than 300 s'),
  LLM_MAX_PAGES: count(50, 1).describe('Most pages of a document that the model is asked about'),
  LLM_IMAGES: z
    .enum(['auto', 'never'])
    .default('auto')
    .describe('Whether the model is shown pages that are scans, as long as it takes images'),
  LLM_INPUT_PRICE: price('tokens that it is asked with'),
  LLM_OUTPUT_PRICE: price('tokens that it answers with'),
  LLM_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD')
    .describe('Currency of the prices (ISO 4217)'),
  LLM_BUDGET: z.coerce
    .number()
    .nonnegative()
    .optional()
    .describe('What each tenant may spend on the model in a calendar month (UTC), in the same currency'),

  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  LOG_FORMAT: z
    .enum(['auto', 'json', 'pretty'])
    .default('auto')
    .describe('auto is pretty on a terminal and JSON elsewhere'),

  MAX_UPLOAD_MB: megabytes(1024).describe('Largest file that is taken'),
  MAX_OBJECTS: count(500_000, 1).describe('Most objects in a PDF; each takes one to two kilobytes of memory'),
  MAX_FILES: count(100, 1).describe('Most files in one submission'),
  UPLOAD_STALL_SECONDS: count(30, 1).describe('An upload without a byte for so long is ended'),
  UPLOAD_SECONDS: count(3600, 1).describe('Longest time that one upload may take'),
  UPLOAD_GRACE_SECONDS: count(60).describe(
    'How long after the longest upload its files are deleted when the gateway that took them is gone',
  ),
  UPLOAD_KEEP_SECONDS: count(86_400, 1).describe('How long an uploaded file waits for its job'),

  CONCURRENCY_AI_EXTRACTION: count(1, 1).describe('Extraction jobs that run at once in one process'),
  CONCURRENCY_COMPRESSION: count(4, 1).describe('Compression jobs that run at once in one process'),
  CONCURRENCY_CONVERSION: count(2, 1).describe('Conversion jobs that run at once in one process'),
  CONCURRENCY_JANITOR: count(2, 1).describe('Maintenance jobs that run at once in one process'),
  CONCURRENCY_OCR: count(2, 1).describe('Text recognition jobs that run at once in one process'),
  CORES: count(availableParallelism(), 1).describe('Engine processes that may run at once on this host'),
  ENGINE_MEMORY_MB: megabytes(1024).describe('Address space of one engine process'),
  TASK_MEMORY_MB: taskMemory
    .prefault('4096')
    .describe(
      'Resident memory of the process that works on a job, with its engines, beyond which it is ended; exceptions for tasks follow: 4096,ocr=6144',
    ),
  SANDBOX: z
    .enum(['auto', 'required', 'off'])
    .default('auto')
    .describe(
      'Whether jobs are worked on in a sandbox (bubblewrap): where the system allows it, always (a worker does not start without), or never',
    ),
  DRAWING_MEMORY_MB: megabytes(512).describe('Memory of one thread that draws pages in this process'),
  DRAWING_MEGAPIXELS: count(50, 1).describe('Pixels of one page drawn in this process, in millions'),
  DRAWING_SECONDS: count(30, 1).describe('Processor time for drawing one page in this process'),
  DRAIN_SECONDS: count(25).describe(
    'How long running jobs may finish when a service is stopped; then they are handed back',
  ),
  RETRY_PACE: z.coerce
    .number()
    .min(0.001)
    .max(1000)
    .default(1)
    .describe('Multiplies all waits before retries; below 1 for tests and demonstrations'),
  WORKER_NAME: z.string().default(`${hostname()}-${process.pid}`).describe('Name of this process in events'),
})
export type Config = z.output<typeof Config>

const prefix = 'PDF_SMALLER_'
/** Names under the prefix that belong to the command line, and may be set in the same shell. */
const foreign = new Set(['PDF_SMALLER_URL', 'PDF_SMALLER_API_KEY', 'PDF_SMALLER_API_KEY_FILE'])

/** Thrown at start; its message names every wrong setting. */
export class ConfigError extends StartError {
  override readonly name = 'ConfigError'
}

/**
 * Reads the settings. Unknown names under the prefix are refused too: they are misspelt settings.
 * @throws ConfigError
 */
export function loadConfig(environment: Record<string, string | undefined>): Config {
  const own = Object.entries(environment).filter(
    ([name, value]) => name.startsWith(prefix) && !foreign.has(name) && value !== '',
  )
  const parsed = z
    .strictObject(Config.shape)
    .safeParse(Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value])))
  if (!parsed.success) throw new ConfigError(problemsOf(parsed.error))
  if (parsed.data.STORAGE === 's3') {
    const missing = (['S3_ENDPOINT', 'S3_ACCESS_KEY', 'S3_SECRET_KEY'] as const).filter(
      (name) => !parsed.data[name],
    )
    if (missing.length > 0) {
      throw new ConfigError(
        missing.map((name) => `${prefix}${name} is needed with ${prefix}STORAGE=s3`).join('\n'),
      )
    }
  }
  const { LLM_BUDGET, LLM_INPUT_PRICE, LLM_OUTPUT_PRICE } = parsed.data
  if (LLM_BUDGET !== undefined && LLM_INPUT_PRICE + LLM_OUTPUT_PRICE === 0)
    throw new ConfigError(`${prefix}LLM_BUDGET needs ${prefix}LLM_INPUT_PRICE or ${prefix}LLM_OUTPUT_PRICE`)
  return parsed.data
}

function problemsOf(error: z.ZodError): string {
  return error.issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => `${prefix}${key}: there is no such setting`)
        : [`${prefix}${issue.path.join('.')}: ${issue.message}`],
    )
    .join('\n')
}

/** Where workspaces are made. */
export function workFolder(config: Pick<Config, 'DATA_DIR' | 'WORK_DIR'>): string {
  return config.WORK_DIR ?? `${config.DATA_DIR}/work`
}
