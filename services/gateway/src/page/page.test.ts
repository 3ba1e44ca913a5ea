import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { keyRing } from '../access/key-ring.ts'
import { type Harness, openHarness, problemIn } from '../../testing/harness.ts'
import { pageFolder, scriptWithin } from '../../testing/page-folder.ts'

let folder: string
let empty: string
let gateway: Harness

beforeAll(async () => {
  folder = await pageFolder()
  empty = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-page-'))
  gateway = await openHarness({ over: { page: folder } })
})
afterAll(async () => {
  await gateway.close()
  await Promise.all([folder, empty].map((each) => rm(each, { recursive: true })))
})

it('is handed out with a policy that lets nothing in, and asked for anew each time', async () => {
  const answer = await fetch(`${gateway.url}/`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(await answer.text()).toContain('/assets/a-1.js')
  expect(answer.headers.get('cache-control')).toBe('no-cache')
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  const policy = answer.headers.get('content-security-policy')
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
  // Of scripts in the document itself those that were built into it run, and no others.
  const hash = createHash('sha256').update(scriptWithin).digest('base64')
  expect(policy).toContain(`script-src 'self' 'sha256-${hash}';`)
  const tag = answer.headers.get('etag') ?? ''
  // Proxies that pack it themselves make its tag a weak one.
  for (const known of [tag, `W/${tag}`]) {
    const again = await fetch(`${gateway.url}/`, { headers: { 'if-none-match': known } })
    expect(again.status).toBe(304)
  }
})

it('asks for a key at once where one is needed, and nowhere else', async () => {
  const locked = await gateway.replica({ page: folder, keys: { ...keyRing([]), close: () => {} } })
  const [open, asking] = await Promise.all([gateway, locked].map(({ url }) => fetch(`${url}/`)))
  expect(await asking?.text()).toContain('Which key?')
  expect(await open?.text()).not.toContain('Which key?')
  const policies = [open, asking].map((answer) => answer?.headers.get('content-security-policy'))
  expect(policies[0]).toBe(policies[1])
})

it('has files that never change, packed for whoever takes that', async () => {
  const plain = await encodingOf('identity')
  const zipped = await encodingOf('gzip, br')
  expect(plain).toEqual({ status: 200, encoding: undefined, cache: 'public, max-age=31536000, immutable' })
  expect(zipped).toEqual({ ...plain, encoding: 'gzip' })
})

it('hands out nothing else of its folder', async () => {
  for (const name of ['secret.txt', '..%2fsecret.txt', '%2e%2e%2findex.html', 'a-1.js.gz', '__proto__']) {
    const answer = await fetch(`${gateway.url}/assets/${name}`)
    expect(await problemIn(answer)).toMatchObject({ status: 404, code: 'unknown_route' })
  }
})

it('says plainly that it was not built, while everything else works', async () => {
  const bare = await gateway.replica({ page: empty })
  const answer = await fetch(`${bare.url}/`)
  expect(answer.status).toBe(503)
  expect(await answer.text()).toContain('npm run build:web')
  expect((await fetch(`${bare.url}/api/tasks`)).status).toBe(200)
})

/** fetch unpacks what it gets, and does not tell. */
function encodingOf(accepted: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    request(`${gateway.url}/assets/a-1.js`, { headers: { 'accept-encoding': accepted } }, (answer) => {
      answer.resume()
      const { 'content-encoding': encoding, 'cache-control': cache } = answer.headers
      resolve({ status: answer.statusCode, encoding, cache })
    })
      .once('error', reject)
      .end()
  })
}
