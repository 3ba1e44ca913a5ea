import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import { nkeys } from '@nats-io/transport-node'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from './config.ts'
import { connectNats } from './connect.ts'
import { natsAccess, toldServers } from './nats-access.ts'

const secret = 'p@ss:w/ord,1'
const user = nkeys.createUser()
const seed = (key: nkeys.KeyPair) => Buffer.from(key.getSeed()).toString()
const config = (settings: Record<string, string>) =>
  loadConfig(
    {},
    Object.fromEntries(
      Object.entries({ NATS_WAIT_SECONDS: '0', ...settings }).map(([name, value]) => [
        `PDF_SMALLER_${name}`,
        value,
      ]),
    ),
  )

let folder: string
const servers: NatsServer[] = []
const urls: Record<'users' | 'token' | 'accounts', string> = { users: '', token: '', accounts: '' }
const files = { seed: '', commented: '', creds: '', empty: '' }
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-access-'))
  const users = `{ user: us, password: ${JSON.stringify(secret)} }, { nkey: ${user.getPublicKey()} }`
  const operated = operatedServer()
  for (const [name, more] of Object.entries({
    users: `authorization { users: [ ${users} ] }`,
    token: `authorization { token: ${JSON.stringify(secret)} }`,
    accounts: operated.lines,
  })) {
    const server = await startNatsServer({ more })
    servers.push(server)
    Object.assign(urls, { [name]: server.url })
  }
  const write = async (name: string, text: string) => {
    await writeFile(path.join(folder, name), text)
    return path.join(folder, name)
  }
  files.seed = await write('seed', seed(user))
  files.commented = await write('commented', `# of a service\n\n  ${seed(user)}\r\n# end\n`)
  files.creds = await write('creds', operated.creds)
  files.empty = await write('empty', '')
})
afterAll(async () => {
  for (const server of servers) await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const encoded = encodeURIComponent(secret)
const withSecret = (url: string, shown: string) => url.replace('://', `://${shown}@`)

describe('a service gets in with', () => {
  it.each<[string, () => Record<string, string>]>([
    ['a user and a password in the address', () => ({ NATS_URL: withSecret(urls.users, `us:${encoded}`) })],
    [
      'the same in one of several',
      () => ({ NATS_URL: `nats://127.0.0.1:1,${withSecret(urls.users, `us:${encoded}`)}` }),
    ],
    ['a user and a password', () => ({ NATS_URL: urls.users, NATS_USER: 'us', NATS_PASSWORD: secret })],
    ['a token in the address', () => ({ NATS_URL: withSecret(urls.token, encoded) })],
    ['a token', () => ({ NATS_URL: urls.token, NATS_TOKEN: secret })],
    ['the seed of an nkey', () => ({ NATS_URL: urls.users, NATS_NKEY_FILE: files.seed })],
    ['a seed among comments', () => ({ NATS_URL: urls.users, NATS_NKEY_FILE: files.commented })],
    ['credentials', () => ({ NATS_URL: urls.accounts, NATS_CREDENTIALS_FILE: files.creds })],
  ])('%s', async (_, settings) => {
    const { log, text } = openLog()
    const connection = await connectNats(config(settings()), log, 'test')
    await connection.close()
    expect(text()).not.toMatch(/ss:w|ss%3A|SU[A-Z2-7]{20}|eyJ/)
  })
})

describe('a service does not start', () => {
  it.each<[string, () => Record<string, string>, string]>([
    ['without a secret', () => ({ NATS_URL: urls.users }), 'refuses this service'],
    [
      'with a wrong one',
      () => ({ NATS_URL: withSecret(urls.users, 'us:wrong-secret') }),
      'PDF_SMALLER_NATS_URL',
    ],
    [
      'with two kinds of secrets',
      () => ({ NATS_URL: withSecret(urls.users, `us:${encoded}`), NATS_TOKEN: secret }),
      'PDF_SMALLER_NATS_URL and PDF_SMALLER_NATS_TOKEN',
    ],
    ['with half of one', () => ({ NATS_USER: 'us' }), 'only together'],
    [
      'with different ones in its addresses',
      () => ({ NATS_URL: 'nats://a:wrong-secret@x,nats://b:wrong-secret@y' }),
      'different users',
    ],
    ['with one that is not encoded', () => ({ NATS_URL: 'nats://us:wrong-secret%@x' }), 'percent-encoded'],
    ['with no address', () => ({ NATS_URL: 'nats://us:wrong-secret@a b' }), 'number 1 of its addresses'],
    ['with a comma that is not encoded', () => ({ NATS_URL: 'nats://us:wrong-secret,x@a' }), 'number 1'],
    ['without its file', () => ({ NATS_NKEY_FILE: '/nowhere' }), '/nowhere cannot be read: ENOENT'],
    ['with an empty file', () => ({ NATS_NKEY_FILE: files.empty }), 'NATS_NKEY_FILE'],
    ['with no credentials in it', () => ({ NATS_CREDENTIALS_FILE: files.seed }), 'holds no such secret'],
  ])('%s', async (_, settings, says) => {
    const { log, text } = openLog()
    const failure = connectNats(config(settings()), log, 'test').then(
      () => 'it got in',
      (error: unknown) => String(error),
    )
    expect(await failure).toContain(says)
    expect((await failure) + text()).not.toMatch(/wrong-secret|ss:w|SU[A-Z2-7]{20}/)
  })
})

it('tells addresses without what is secret', async () => {
  const given = 'nats://us:a@b@one:4222, two ,tls://token@three:1'
  expect(toldServers({ NATS_URL: given })).toEqual(['nats://one:4222', 'nats://two', 'tls://three:1'])
  expect(toldServers({ NATS_URL: given, NATS_PUBLIC_URL: 'tls://me:x@out' })).toEqual(['tls://out'])
  expect(await natsAccess({})).toEqual({ servers: ['nats://127.0.0.1:4222'] })
})

function openLog() {
  let text = ''
  const into = new Writable({
    write: (chunk, _, done) => {
      text += String(chunk)
      done()
    },
  })
  return { log: pino({ level: 'trace' }, into), text: () => text }
}

/** A server whose accounts and users are signed by an operator, as NGS and `nsc` have them. */
function operatedServer(): { lines: string; creds: string } {
  const [operator, account, system, us] = [
    nkeys.createOperator(),
    nkeys.createAccount(),
    nkeys.createAccount(),
    nkeys.createUser(),
  ]
  const all = {
    subs: -1,
    data: -1,
    payload: -1,
    imports: -1,
    exports: -1,
    wildcards: true,
    conn: -1,
    leaf: -1,
  }
  const stored = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 }
  const accountJwt = (key: nkeys.KeyPair, limits: object) =>
    signed(operator, key, { type: 'account', version: 2, limits: { ...all, ...limits } })
  const userJwt = signed(account, us, { type: 'user', version: 2, subs: -1, data: -1, payload: -1 })
  const jwts = [
    [account, accountJwt(account, stored)],
    [system, accountJwt(system, {})],
  ] as const
  return {
    lines: [
      `operator: ${signed(operator, operator, { type: 'operator', version: 2 })}`,
      `system_account: ${system.getPublicKey()}`,
      'resolver: MEMORY',
      `resolver_preload { ${jwts.map(([key, jwt]) => `${key.getPublicKey()}: ${jwt}`).join('\n')} }`,
    ].join('\n'),
    creds: [
      '-----BEGIN NATS USER JWT-----',
      userJwt,
      '------END NATS USER JWT------',
      '-----BEGIN USER NKEY SEED-----',
      seed(us),
      '------END USER NKEY SEED------',
      // As an editor of another system leaves it.
    ].join('\r\n'),
  }
}

/** A JWT of NATS: the issuer signs claims about a subject (version 2 of github.com/nats-io/jwt). */
function signed(issuer: nkeys.KeyPair, subject: nkeys.KeyPair, claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const body = {
    iss: issuer.getPublicKey(),
    sub: subject.getPublicKey(),
    iat: 1_700_000_000,
    jti: 'x',
    nats: claims,
  }
  const text = `${part({ typ: 'JWT', alg: 'ed25519-nkey' })}.${part(body)}`
  return `${text}.${Buffer.from(issuer.sign(Buffer.from(text))).toString('base64url')}`
}
