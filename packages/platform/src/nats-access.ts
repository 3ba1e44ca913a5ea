import { readFile } from 'node:fs/promises'
import {
  type Authenticator,
  credsAuthenticator,
  nkeyAuthenticator,
  tokenAuthenticator,
  usernamePasswordAuthenticator,
} from '@nats-io/transport-node'
import type { Config } from './config.ts'
import { StartError } from './start.ts'

export type AccessConfig = Pick<
  Config,
  'NATS_URL' | 'NATS_USER' | 'NATS_PASSWORD' | 'NATS_TOKEN' | 'NATS_NKEY_FILE' | 'NATS_CREDENTIALS_FILE'
>

/** Where the event store's servers are, and what is shown to them. */
export type NatsAccess = {
  /** Without what is secret: they may be told. */
  servers: string[]
  /** Absent where the servers let anyone in. */
  authenticator?: Authenticator
}

const usual = 'nats://127.0.0.1:4222'

/** Where the event store's servers are for those outside: addresses without secrets. @throws StartError */
export function toldServers({ NATS_URL, NATS_PUBLIC_URL }: PublicAccess): string[] {
  const addresses = NATS_PUBLIC_URL
    ? addressesIn('NATS_PUBLIC_URL', NATS_PUBLIC_URL)
    : addressesIn('NATS_URL', NATS_URL ?? usual)
  return addresses.map(({ server }) => server)
}

type PublicAccess = Pick<AccessConfig, 'NATS_URL'> & { NATS_PUBLIC_URL?: string | undefined }

type Way = { named: string; open: () => Authenticator | Promise<Authenticator> }

/**
 * Reads addresses and secrets from the settings. An address may hold a user and a password, or a token as its user
 * (`nats://token@host`), percent-encoded where they have to be.
 * @throws StartError, which tells no secret
 */
export async function natsAccess(config: AccessConfig): Promise<NatsAccess> {
  const addresses = addressesIn('NATS_URL', config.NATS_URL ?? usual)
  const servers = addresses.map(({ server }) => server)
  const ways = [...wayInUrl(addresses.map(({ secret }) => secret)), ...waysInSettings(config)]
  const [way, other] = ways
  if (!way) return { servers }
  if (other)
    throw new StartError(
      `${way.named} and ${other.named} both say what to show to the event store; leave one of them`,
    )
  return { servers, authenticator: await way.open() }
}

type Address = { server: string; secret: string }

/** What stands before the last @ is secret, whatever its form. */
function addressesIn(setting: string, list: string): Address[] {
  const given = list.split(',').map((each) => each.trim())
  return given
    .filter((each) => each !== '')
    .map((each, index) => {
      const [, scheme = 'nats://', secret = '', host = ''] =
        /^([a-z]+:\/\/)?(?:(.*)@)?([^@]*)$/i.exec(each) ?? []
      if (!URL.canParse(`http://${host}`))
        // It is not shown: the half of a password with a comma would be one.
        throw new StartError(
          `PDF_SMALLER_${setting}: number ${index + 1} of its addresses is none; signs such as , : @ in a user or ` +
            'password have to be percent-encoded',
        )
      return { server: `${scheme}${host}`, secret }
    })
}

/** A connection shows the same to all servers, to whichever it comes. */
function wayInUrl(secrets: readonly string[]): Way[] {
  const [secret] = secrets.filter((each) => each !== '')
  if (secret === undefined) return []
  const named = 'PDF_SMALLER_NATS_URL'
  if (secrets.some((each) => each !== '' && each !== secret))
    throw new StartError(`${named} names servers with different users or tokens`)
  const [user = '', ...rest] = secret.split(':')
  const open = () =>
    rest.length > 0
      ? usernamePasswordAuthenticator(decoded(user), decoded(rest.join(':')))
      : tokenAuthenticator(decoded(user))
  return [{ named, open }]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new StartError('PDF_SMALLER_NATS_URL: its user or password is not percent-encoded as it should be')
  }
}

function waysInSettings(config: AccessConfig): Way[] {
  const { NATS_USER, NATS_PASSWORD, NATS_TOKEN, NATS_NKEY_FILE, NATS_CREDENTIALS_FILE } = config
  if ((NATS_USER === undefined) !== (NATS_PASSWORD === undefined))
    throw new StartError('PDF_SMALLER_NATS_USER and PDF_SMALLER_NATS_PASSWORD are of use only together')
  const ways: (Way | undefined)[] = [
    NATS_USER === undefined
      ? undefined
      : {
          named: 'PDF_SMALLER_NATS_USER',
          open: () => usernamePasswordAuthenticator(NATS_USER, NATS_PASSWORD),
        },
    NATS_TOKEN === undefined
      ? undefined
      : { named: 'PDF_SMALLER_NATS_TOKEN', open: () => tokenAuthenticator(NATS_TOKEN) },
    NATS_NKEY_FILE === undefined
      ? undefined
      : {
          named: 'PDF_SMALLER_NATS_NKEY_FILE',
          open: () => fromFile('NATS_NKEY_FILE', NATS_NKEY_FILE, seedIn, nkeyAuthenticator),
        },
    NATS_CREDENTIALS_FILE === undefined
      ? undefined
      : {
          named: 'PDF_SMALLER_NATS_CREDENTIALS_FILE',
          open: () => fromFile('NATS_CREDENTIALS_FILE', NATS_CREDENTIALS_FILE, linesIn, credsAuthenticator),
        },
  ]
  return ways.filter((way) => way !== undefined)
}

/** Its lines as the client knows them: ended by line feeds, the last one too. */
const linesIn = (text: string) => `${text.replaceAll('\r\n', '\n')}\n`
/** Alone in its file, or among comments as `nsc` and `nk` write them. */
const seedIn = (text: string) => /^\s*(SU[A-Z2-7]+)\s*$/m.exec(text)?.[1] ?? ''

/** Tries it at once: a client would tell only when it is asked to sign. */
async function fromFile(
  name: string,
  file: string,
  take: (text: string) => string,
  make: (secret: Uint8Array) => Authenticator,
): Promise<Authenticator> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error'
    throw new StartError(`PDF_SMALLER_${name}: ${file} cannot be read: ${why}`, { cause })
  })
  try {
    const authenticator = make(Buffer.from(take(text)))
    authenticator('nonce')
    return authenticator
  } catch {
    // What the client says may hold some of the secret.
    throw new StartError(`PDF_SMALLER_${name}: ${file} holds no such secret`)
  }
}
