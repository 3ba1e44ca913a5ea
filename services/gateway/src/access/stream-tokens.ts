import { createHmac, timingSafeEqual } from 'node:crypto'
import { Token } from '@pdf-smaller/contracts'
import { FollowedTenant } from '@pdf-smaller/contracts/http'
import { ownKey } from '@pdf-smaller/platform'
import { z } from 'zod'
import type { GatewayConfig } from '../settings.ts'

/** What a stream token says: the key that it was made with, whose events it opens, and until when (s since the epoch). */
const Claims = z.strictObject({ key: Token, tenant: FollowedTenant, until: z.int() })
export type Claims = z.infer<typeof Claims>

/** Tokens that can be checked without being kept: the claims, and their HMAC-SHA-256. */
export type StreamTokens = {
  write: (claims: Claims) => string
  /** The claims of a token that was written with this key, expired ones included. */
  read: (token: string) => Claims | undefined
}

const purpose = 'pdf-smaller stream token v1:'

export function streamTokens(key: Uint8Array): StreamTokens {
  const sign = (claims: string) => createHmac('sha256', key).update(purpose).update(claims).digest()
  return {
    write: (given) => {
      const claims = Buffer.from(JSON.stringify(given)).toString('base64url')
      return `${claims}.${sign(claims).toString('base64url')}`
    },
    read: (token) => {
      const [claims = '', signature = '', ...more] = token.split('.')
      const [given, right] = [Buffer.from(signature, 'base64url'), sign(claims)]
      if (more.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) return undefined
      return Claims.parse(JSON.parse(Buffer.from(claims, 'base64url').toString()))
    },
  }
}

/**
 * The key that tokens are signed with: of a file that the operator names, or one of the data folder.
 * @throws ConfigError when the file cannot be used
 */
export function streamTokenKey({
  STREAM_TOKEN_KEY_FILE: file,
  DATA_DIR: folder,
}: Pick<GatewayConfig, 'STREAM_TOKEN_KEY_FILE' | 'DATA_DIR'>): Promise<Uint8Array> {
  return ownKey({ file, folder, name: 'stream-tokens.key', use: 'stream tokens' })
}
