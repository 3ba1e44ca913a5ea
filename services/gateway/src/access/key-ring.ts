import { hash, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { unwatchFile, watchFile } from 'node:fs'
import { Tenant, Token } from '@pdf-smaller/contracts'
import { Scope } from '@pdf-smaller/contracts/http'
import { ConfigError, type Log } from '@pdf-smaller/platform'
import { z } from 'zod'

/**
 * An API key as the operator writes it down. A key is 32 random bytes, so its plain SHA-256 is enough:
 * there is nothing to guess, and the file gives no key away.
 */
export const ApiKey = z.strictObject({
  id: Token,
  tenant: Tenant,
  /** Hex of the SHA-256 of the key. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  scopes: z.array(Scope).min(1),
  requestsPerMinute: z.int().positive().optional(),
  maxUploadMb: z.number().positive().optional(),
  /** With the scope `admin`: it may follow the events of all tenants. */
  allTenants: z.boolean().optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
})
export type ApiKey = z.infer<typeof ApiKey>

const Keys = z.array(ApiKey).refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, {
  message: 'two keys have the same id',
})

export type KeyRing = {
  /** The key whose secret this is, expired ones included. */
  find: (secret: string) => ApiKey | undefined
  /** The key of an id as it is now, expired ones included. */
  byId: (id: string) => ApiKey | undefined
  all: () => readonly ApiKey[]
  close: () => void
}

const lookEveryMs = 2000

/** Keys by the beginning of their hash; the rest is compared in constant time. */
export function keyRing(keys: readonly ApiKey[]): Omit<KeyRing, 'close'> {
  const byId = new Map(keys.map((key) => [key.id, key]))
  const buckets = Map.groupBy(keys, ({ sha256 }) => sha256.slice(0, 8))
  return {
    byId: (id) => byId.get(id),
    all: () => keys,
    find: (secret) => {
      const given = hash('sha256', secret, 'hex')
      const bytes = Buffer.from(given)
      return buckets.get(given.slice(0, 8))?.find(({ sha256 }) => timingSafeEqual(bytes, Buffer.from(sha256)))
    },
  }
}

/**
 * Reads the keys of a file, and again whenever the file changes; a faulty new file is reported and the old keys stay.
 * @throws ConfigError when the file cannot be used at start
 */
export async function openKeyRing(file: string, log: Log): Promise<KeyRing> {
  let ring = keyRing(await readKeys(file))
  const again = async () => {
    try {
      const keys = await readKeys(file)
      ring = keyRing(keys)
      log.info({ keys: keys.length }, 'read the API keys again')
    } catch (error) {
      log.error({ err: error }, 'the API keys were not read again; the old ones stay')
    }
  }
  watchFile(file, { interval: lookEveryMs, persistent: false }, () => void again())
  return {
    find: (secret) => ring.find(secret),
    byId: (id) => ring.byId(id),
    all: () => ring.all(),
    close: () => unwatchFile(file),
  }
}

async function readKeys(file: string): Promise<ApiKey[]> {
  try {
    return Keys.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause)
    throw new ConfigError(`PDF_SMALLER_KEYS_FILE: ${file} is not a list of API keys: ${why}`, { cause })
  }
}
