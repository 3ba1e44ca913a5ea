import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Token } from '@pdf-smaller/contracts'
import { FollowedTenant } from '@pdf-smaller/contracts/http'
import { ConfigError } from '@pdf-smaller/platform'
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

const leastBytes = 32

/**
 * The key that tokens are signed with: of a file that the operator names, or one of the data folder, which the first
 * gateway on it makes.
 * @throws ConfigError when the file cannot be used
 */
export async function streamTokenKey({
  STREAM_TOKEN_KEY_FILE,
  DATA_DIR,
}: Pick<GatewayConfig, 'STREAM_TOKEN_KEY_FILE' | 'DATA_DIR'>): Promise<Uint8Array> {
  if (STREAM_TOKEN_KEY_FILE) return readKey(STREAM_TOKEN_KEY_FILE)
  const file = path.join(DATA_DIR, 'stream-tokens.key')
  const own = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  await mkdir(DATA_DIR, { recursive: true })
  await writeFile(own, randomBytes(leastBytes).toString('base64url'), { mode: 0o600 })
  // Whole or not there, and never in place of another's.
  await link(own, file).catch(() => {})
  await rm(own, { force: true })
  return readKey(file)
}

async function readKey(file: string): Promise<Uint8Array> {
  const key = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ConfigError(`the key of stream tokens cannot be read: ${String(cause)}`, { cause })
  })
  if (key.trim().length < leastBytes)
    throw new ConfigError(`${file} has to hold at least ${leastBytes} characters to sign stream tokens with`)
  return Buffer.from(key.trim())
}
