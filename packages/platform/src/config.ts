import { z } from 'zod'
import { settingNames } from './setting-names.ts'
import { type Settings, sharedSettings } from './settings.ts'
import { StartError } from './start.ts'

/** The values of settings: of those that every service reads, and of a service's own. */
export type ConfigOf<Own extends Settings> = z.output<z.ZodObject<typeof sharedSettings & Own>>
/** The values of what every service reads. */
export type Config = z.output<z.ZodObject<typeof sharedSettings>>

const prefix = 'PDF_SMALLER_'
/** Names under the prefix that belong to the command line, and may be set in the same shell. */
const foreign = new Set(['PDF_SMALLER_URL', 'PDF_SMALLER_API_KEY', 'PDF_SMALLER_API_KEY_FILE'])

/** Thrown at start; its message names every wrong setting. */
export class ConfigError extends StartError {
  override readonly name = 'ConfigError'
}

/**
 * Reads the settings of a service from the environment. Names under the prefix that no service reads are refused too: they
 * are misspelt settings.
 * @param own those that it reads besides what every service reads
 * @throws ConfigError
 */
export function loadConfig<Own extends Settings>(
  own: Own,
  environment: Record<string, string | undefined>,
): ConfigOf<Own> {
  const given = new Map(
    Object.entries(environment)
      .filter(([name, value]) => name.startsWith(prefix) && !foreign.has(name) && value !== '')
      .map(([name, value]) => [name.slice(prefix.length), value]),
  )
  const parsed = z.object({ ...sharedSettings, ...own }).safeParse(Object.fromEntries(given))
  const problems = [
    ...[...given.keys()].filter((name) => !settingNames.includes(name)).map(unknown),
    ...(parsed.error?.issues ?? []).map((issue) => `${prefix}${issue.path.join('.')}: ${issue.message}`),
    ...missingForS3(given),
  ]
  if (problems.length > 0 || !parsed.success) throw new ConfigError(problems.join('\n'))
  return parsed.data
}

const unknown = (name: string) => `${prefix}${name}: there is no such setting`

function missingForS3(given: ReadonlyMap<string, unknown>): string[] {
  if (given.get('STORAGE') !== 's3') return []
  return ['S3_ENDPOINT', 'S3_ACCESS_KEY', 'S3_SECRET_KEY']
    .filter((name) => !given.has(name))
    .map((name) => `${prefix}${name} is needed with ${prefix}STORAGE=s3`)
}

/** Where workspaces are made. */
export function workFolder(config: Pick<Config, 'DATA_DIR' | 'WORK_DIR'>): string {
  return config.WORK_DIR ?? `${config.DATA_DIR}/work`
}
