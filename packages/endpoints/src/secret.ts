import { createHmac, hash, hkdfSync } from 'node:crypto'
import type { SigningSecret } from '@pdf-smaller/contracts'
import { ownKey } from '@pdf-smaller/platform'

/** The key that all secrets derive from: one of a file, or of the data folder. @throws ConfigError */
export function webhookKey({
  WEBHOOK_KEY_FILE,
  DATA_DIR,
}: {
  WEBHOOK_KEY_FILE?: string | undefined
  DATA_DIR: string
}): Promise<Uint8Array> {
  return ownKey({ file: WEBHOOK_KEY_FILE, folder: DATA_DIR, name: 'webhooks.key', use: 'webhooks' })
}

const bytes = 32

/**
 * A secret of an endpoint, by its number. It derives from the key (HKDF, RFC 5869), so that nobody has to keep it, and nothing
 * that is stored gives it away.
 */
export function secretOf(key: Uint8Array, endpoint: string, number: number): Buffer {
  const purpose = `pdf-smaller webhook v1:${endpoint}:${number}`
  return Buffer.from(hkdfSync('sha256', key, '', purpose, bytes))
}

/** As receivers are given it (Standard Webhooks 1.0). */
export function shownSecret(secret: Buffer): string {
  return `whsec_${secret.toString('base64')}`
}

/** What is kept of a secret: enough to tell whether this process has the key that it was made with. */
export function signingSecret(key: Uint8Array, endpoint: string, number: number): SigningSecret {
  return { number, print: hash('sha256', secretOf(key, endpoint, number), 'hex').slice(0, 16) }
}

/** The header `webhook-signature` of a message, with a signature by each of the secrets (Standard Webhooks 1.0). */
export function signatures(
  secrets: readonly Buffer[],
  { id, seconds, body }: { id: string; seconds: number; body: string },
): string {
  return secrets
    .map((secret) => createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64'))
    .map((signature) => `v1,${signature}`)
    .join(' ')
}
