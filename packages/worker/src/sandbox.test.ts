import { readdir, rm, writeFile } from 'node:fs/promises'
import { getPriority } from 'node:os'
import path from 'node:path'
import { isDecided } from '@pdf-smaller/domain'
import { openLog } from '@pdf-smaller/platform'
import { expect, it } from 'vitest'
import { openHarness } from '../testing/harness.ts'
import { openTaskHosts } from './hosts/pool.ts'

/** What a host runs lies here. */
const besideCode = path.join(import.meta.dirname, 'left-by-a-test')
const patience = { timeout: 60_000 }

/** What an engine of a job can do, of all that it must not. */
async function lookedAround(sandbox: 'auto' | 'off') {
  const harness = await openHarness({ PDF_SMALLER_SANDBOX: sandbox, PDF_SMALLER_DRAIN_SECONDS: '0' })
  const { config, server } = harness
  const [keys, token] = ['keys.json', 'nats.secret'].map((name) => path.join(config.DATA_DIR, name))
  if (!keys || !token) throw new Error('no places')
  for (const file of [keys, token]) await writeFile(file, 'secret')
  await harness.work({ KEYS_FILE: keys })
  // The job of another, whose files lie beside.
  const { jobId } = await harness.request('echo', { workMs: 60_000 }, 'neighbour')
  const work = path.join(config.DATA_DIR, 'work')
  const neighbour = async () => (await readdir(work).catch(() => [])).find((name) => name.startsWith('host-'))
  await expect.poll(neighbour, patience).toBeDefined()
  const host = path.join(work, (await neighbour()) ?? '')
  await expect.poll(() => readdir(host), patience).toContain(`${jobId}.1`)
  const tried = {
    read: [keys, token, path.join(host, `${jobId}.1`)],
    write: [path.join(host, 'left'), path.join(config.DATA_DIR, 'left'), besideCode],
    connect: [Number(new URL(server.url).port)],
  }
  const address = await harness.request('look-around', tried, 'x')
  const { result, failure } = await harness.when(address, isDecided)
  const hosts = openTaskHosts({ ...config, SANDBOX: sandbox }, log)
  const isolation = await hosts.isolation()
  await harness.close()
  await rm(besideCode, { force: true })
  return { result, failure, isolation, tried }
}

const log = openLog({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json' }, 'test')
const bare = ['HOME', 'LANG', 'PATH', 'TMPDIR', 'PWD', 'SHLVL', '_', 'OLDPWD']

it('an engine sees and reaches nothing but its own folder, where the system has a sandbox', async () => {
  const { result, isolation, tried } = await lookedAround('auto')
  const [own] = [expect.stringMatching(/host-\d+\.\d+\/[^/]+\/own$/)]
  expect(result).toMatchObject({ noNewPrivs: true, nice: Math.min(19, getPriority() + 5) })
  for (const name of (result?.['environment'] as string[] | undefined) ?? ['none'])
    expect(bare).toContain(name)
  if (isolation.sandbox === 'bubblewrap')
    expect(result).toMatchObject({ read: [], connected: [], written: [own] })
  else {
    expect(isolation.why).toMatch(/bubblewrap|bwrap/)
    expect(result).toMatchObject({ read: tried.read, connected: tried.connect })
  }
})

it('an engine has no right to get more rights, and a bare environment, where there is none', async () => {
  const { result, isolation } = await lookedAround('off')
  expect(isolation).toEqual({ sandbox: 'none', why: 'PDF_SMALLER_SANDBOX is off' })
  expect(result).toMatchObject({ noNewPrivs: true, nice: Math.min(19, getPriority() + 5) })
  for (const name of (result?.['environment'] as string[] | undefined) ?? ['none'])
    expect(bare).toContain(name)
})

it('is looked for again after something else kept it from being tried', async () => {
  const harness = await openHarness({ PDF_SMALLER_SANDBOX: 'auto' })
  const work = path.join(harness.config.DATA_DIR, 'work')
  await rm(work, { recursive: true, force: true })
  await writeFile(work, 'no folder')
  const hosts = openTaskHosts(harness.config, log)
  await expect(hosts.isolation()).rejects.toThrow('EEXIST')
  await rm(work)
  const { sandbox, why } = await hosts.isolation()
  expect(sandbox === 'bubblewrap' || why).toBeTruthy()
  await harness.close()
})
