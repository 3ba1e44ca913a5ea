import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '@pdf-smaller/testing/free-ports'
import { processesNaming, type RunningSystem, startSystemProcess, until } from '@pdf-smaller/testing/system'

const program = fileURLToPath(new URL('../../pdf-smaller', import.meta.url))
const examples = fileURLToPath(new URL('../../examples/', import.meta.url))

let folder: string
let system: RunningSystem
/** Nobody listens there, so that the command does not find a system that happens to run on this machine. */
let nobody: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-cli-'))
  nobody = String(await freePort())
  system = await startSystemProcess()
  await copyFile(path.join(examples, 'form.pdf'), path.join(folder, 'form.pdf'))
  await copyFile(path.join(examples, 'scan-colour.pdf'), path.join(folder, 'scan.pdf'))
})
afterAll(async () => {
  await system.close()
  await rm(folder, { recursive: true, force: true })
})

type Ended = { code: number; stdout: string; stderr: string }

const environment = (env: Record<string, string>) => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'],
  PDF_SMALLER_PORT: nobody,
  ...env,
})

/** Runs the command in a folder of its own; the running system is used unless the environment says otherwise. */
function cli(
  args: string[],
  env: Record<string, string> = { PDF_SMALLER_URL: system.url },
  command = program,
): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd: folder, env: environment(env) }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    )
  })
}

const exists = (name: string) => stat(path.join(folder, name)).then(Boolean, () => false)

it('ends with the exit code of the command, and tells failures aside', async () => {
  const done = await cli(['compress', 'form.pdf', '-o', 'small.pdf'])
  expect(done).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringContaining(' smaller  small.pdf\n'),
  })
  const wrong = await cli(['compress', 'form.pdf', '-o', 'small.pdf'])
  expect(wrong).toMatchObject({ code: 2, stdout: '' })
  expect(wrong.stderr).toBe('pdf-smaller: small.pdf is there already; --force writes over it\n')
  expect(await cli([])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^Usage: pdf-smaller TASK/),
  })
  expect((await cli(['--version'])).stdout).toMatch(/^pdf-smaller \d+\.\d+\.\d+\n$/)
})

it('goes on quietly when nobody reads what it tells, and says so when that cannot be written', async () => {
  const shell = (line: string) => cli(['-c', `set -o pipefail; ${line}`], undefined, '/bin/bash')
  expect(await shell(`${program} jobs --help | head -1`)).toEqual({
    code: 0,
    stdout: 'Usage: pdf-smaller jobs [options]\n',
    stderr: '',
  })
  expect(await shell(`${program} compress form.pdf -qo - | head -c 5`)).toEqual({
    code: 0,
    stdout: '%PDF-',
    stderr: '',
  })
  const full = await shell(`${program} jobs > /dev/full`)
  expect(full).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('the results cannot be written: ENOSPC'),
  })
})

it('helps without a system', async () => {
  const env = { PDF_SMALLER_URL: `http://127.0.0.1:${nobody}` }
  for (const args of [['--help'], ['compress', '--help'], ['help', 'keys'], ['completion', 'bash']]) {
    const { code, stdout } = await cli(args, env)
    expect({ code, lines: stdout.split('\n').length }).toMatchObject({ code: 0 })
  }
})

describe('where the service is', () => {
  it('is told when it cannot be reached', async () => {
    const { code, stderr } = await cli(['jobs'], { PDF_SMALLER_URL: `http://127.0.0.1:${nobody}` })
    expect(code).toBe(3)
    expect(stderr).toContain(`http://127.0.0.1:${nobody} does not answer: connect ECONNREFUSED`)
  })

  it('is started for no command that asks for earlier jobs', async () => {
    const { code, stderr } = await cli(['jobs'], { PDF_SMALLER_DATA_DIR: folder })
    expect(code).toBe(3)
    expect(stderr).toContain('no service runs here')
    expect(stderr).toContain('pdf-smaller up')
  })

  it('is found in the data folder, and at the usual address', async () => {
    const found = await cli(['jobs', '--limit', '1'], { PDF_SMALLER_DATA_DIR: system.folder })
    expect(found).toMatchObject({ code: 0, stdout: expect.stringContaining('  compress') })
    const { port } = new URL(system.url)
    const usual = await cli(['jobs', '--limit', '1'], {
      PDF_SMALLER_DATA_DIR: folder,
      PDF_SMALLER_PORT: port,
    })
    expect(usual.stdout).toBe(found.stdout)
  })
})

describe('where none runs', () => {
  const data = () => path.join(folder, 'own-data')
  const alone = () => ({ PDF_SMALLER_DATA_DIR: data() })
  const nothingLeft = async () =>
    (await processesNaming(data())).length === 0 && (await readdir(data()).catch(() => [])).length === 0

  it('one is started, through a link too, and nothing of it is left', async () => {
    const link = path.join(folder, 'linked')
    await symlink(program, link)
    const env = { ...alone(), PDF_SMALLER_API_KEY: 'unused', PDF_SMALLER_KEYS_FILE: 'nothing.json' }
    const { code, stdout, stderr } = await cli(['compress', 'form.pdf', '-o', 'own.pdf'], env, link)
    expect({ code, stderr }).toMatchObject({ code: 0 })
    expect(stdout).toMatch(/^form\.pdf +13\.9 kB → /)
    expect(await nothingLeft()).toBe(true)
  })

  /** Starts the command, and resolves when its job runs. */
  async function midway(): Promise<ChildProcess> {
    const child = spawn(program, ['compress', 'scan.pdf', '-o', 'never.pdf', '--level', 'maximum'], {
      cwd: folder,
      env: environment(alone()),
      stdio: 'ignore',
    })
    const running = path.join(data(), `cli-${child.pid}`, 'running.json')
    await until('the system runs', () => existsSync(running))
    await until('the job runs', async () => {
      const url = /"url":"([^"]+)"/.exec(await readFile(running, 'utf8'))?.[1]
      return (await (await fetch(`${url}/api/jobs?status=running`)).text()).includes('"compress"')
    })
    return child
  }

  it('it ends with the command that is interrupted', async () => {
    const child = await midway()
    child.kill('SIGINT')
    const [code]: unknown[] = await once(child, 'exit')
    expect(code).toBe(130)
    expect(await nothingLeft()).toBe(true)
    expect(await exists('never.pdf')).toBe(false)
  })

  it('it ends with the command that is killed, and the next command removes what is left', async () => {
    const child = await midway()
    const running: unknown = JSON.parse(
      await readFile(path.join(data(), `cli-${child.pid}`, 'running.json'), 'utf8'),
    )
    const pid = typeof running === 'object' && running !== null && 'pid' in running ? Number(running.pid) : 0
    expect(pid).toBeGreaterThan(0)
    child.kill('SIGKILL')
    await until('the system has ended', () => !existsSync(`/proc/${pid}`))
    await until('its event store has ended', async () => (await processesNaming(data())).length === 0)
    expect(await readdir(data())).toEqual([`cli-${child.pid}`])
    await mkdir(path.join(data(), 'cli-notes'))
    expect((await cli(['estimate', 'form.pdf'], alone())).code).toBe(0)
    expect(await readdir(data())).toEqual(['cli-notes'])
  })
})

describe('a system of one’s own', () => {
  it('is started in the background, found, started once, and ended', async () => {
    const port = String(await freePort())
    const own = path.join(folder, 'up-data')
    // The usual port is that of the tests of the embedded server, which may be down for a moment.
    const env = { PDF_SMALLER_DATA_DIR: own, PDF_SMALLER_NATS_PORT: '0' }
    const up = await cli(['up', '--detach', '--json', '--port', port], env)
    const started: { url: string; pid: number } = JSON.parse(up.stdout)
    expect(started.url).toBe(`http://127.0.0.1:${port}`)
    expect(await cli(['jobs'], env)).toMatchObject({ code: 0, stderr: 'There are no such jobs.\n' })
    expect((await cli(['up'], env)).stdout).toBe(`It runs already, at ${started.url}\n`)
    expect(await cli(['down'], env)).toMatchObject({ code: 0 })
    expect(existsSync(`/proc/${started.pid}`)).toBe(false)
    expect(await processesNaming(own)).toEqual([])
    expect(await cli(['down'], env)).toMatchObject({ code: 3 })
  })

  it('tells a wrong key from none, and takes it from a file', async () => {
    const [keys, keyFile] = [path.join(folder, 'keys.json'), path.join(folder, 'key')]
    const made = await cli(['keys', 'create', '--tenant', 'acme', '--file', keys, '-q'], {})
    await writeFile(keyFile, made.stdout)
    const guarded = await startSystemProcess({ PDF_SMALLER_KEYS_FILE: keys })
    try {
      const env = { PDF_SMALLER_URL: guarded.url }
      const refused = {
        code: 1,
        stderr: expect.stringMatching(/^pdf-smaller: unauthorized: .* PDF_SMALLER_API_KEY/),
      }
      expect(await cli(['jobs'], env)).toMatchObject(refused)
      expect(await cli(['jobs'], { ...env, PDF_SMALLER_API_KEY: 'pdfs_wrong' })).toMatchObject(refused)
      expect((await cli(['jobs'], { ...env, PDF_SMALLER_API_KEY: made.stdout.trim() })).code).toBe(0)
      expect((await cli(['jobs'], { ...env, PDF_SMALLER_API_KEY_FILE: keyFile })).code).toBe(0)
      expect((await cli(['jobs'], { ...env, PDF_SMALLER_API_KEY_FILE: `${keyFile}s` })).code).toBe(2)
    } finally {
      await guarded.close()
    }
  })
})
