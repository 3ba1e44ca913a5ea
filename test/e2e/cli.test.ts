import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@pdf-smaller/client/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '@pdf-smaller/testing/nats/server'
import { processesNaming, type RunningSystem, startSystemProcess, until } from '@pdf-smaller/testing/system'
import { invoice } from '@pdf-smaller/testing/pdf/invoice'

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
  await copyFile(path.join(examples, 'handbook.pdf'), path.join(folder, 'handbook.pdf'))
  await copyFile(path.join(examples, 'form.pdf'), path.join(folder, 'form.pdf'))
  await copyFile(path.join(examples, 'scan-colour.pdf'), path.join(folder, 'scan.pdf'))
  await writeFile(path.join(folder, 'cut.pdf'), '%PDF-1.7 and no more')
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

const sizeOf = async (name: string) => (await stat(path.join(folder, name))).size
const exists = (name: string) => stat(path.join(folder, name)).then(Boolean, () => false)
/** The newest jobs of the running system. */
async function newestJobs(count: number) {
  const found = []
  for await (const job of createClient({ baseUrl: system.url }).list({ pageSize: count }))
    if (found.push(job) === count) break
  return found
}

describe('a task', () => {
  it('writes the smaller file, tells its progress and what each pass saved', async () => {
    const { code, stdout, stderr } = await cli([
      'compress',
      'handbook.pdf',
      '-o',
      'small.pdf',
      '--tag',
      'mine',
    ])
    expect({ code, stderr }).toMatchObject({ code: 0 })
    expect(await sizeOf('small.pdf')).toBeLessThan(await sizeOf('handbook.pdf'))
    expect((await readFile(path.join(folder, 'small.pdf'))).subarray(0, 5).toString()).toBe('%PDF-')
    expect(stdout).toMatch(/^handbook\.pdf: 318\.\d kB → \d+\.\d kB \(\d+\.\d % smaller\) → small\.pdf\n/)
    expect(stdout).toMatch(/^ {2}\S+ +won +saves \d+\.\d kB$/m)
    expect(stderr).toMatch(/^handbook\.pdf: (analysis|compression|optimization) \(\d+ %\)$/m)
    expect(stderr).toMatch(/^handbook\.pdf: completed \(100 %\)$/m)
    expect(await newestJobs(1)).toMatchObject([{ tag: 'mine', task: 'compress' }])
  })

  it('takes its options from the catalogue', async () => {
    const { code } = await cli(['compress', 'form.pdf', '--level', '7', '--dpi=100', '--keep-metadata'])
    expect(code).toBe(0)
    expect(await exists('form-small.pdf')).toBe(true)
    const [job] = await newestJobs(1)
    expect(job?.options).toMatchObject({ dpi: 100, keepMetadata: true })
    const help = await cli(['compress', '--help'])
    expect(help.code).toBe(0)
    expect(help.stdout).toMatch(/--level low\|medium\|high\|maximum or 1-9 .+\(medium by default\)/)
    expect(help.stdout).toContain('--[no-]keep-metadata')
  })

  it('makes one batch of several files, in a folder', async () => {
    const { code } = await cli(['compress', 'handbook.pdf', 'form.pdf', '-o', 'out'])
    expect(code).toBe(0)
    expect((await readdir(path.join(folder, 'out'))).sort()).toEqual(['form.pdf', 'handbook.pdf'])
    const [one, other] = await newestJobs(2)
    expect(one?.batchId).toBeDefined()
    expect(other?.batchId).toBe(one?.batchId)
  })

  it('ends with the code of a failure, and still writes the other files', async () => {
    const { code, stdout } = await cli(['compress', 'cut.pdf', 'form.pdf', '-o', 'some'])
    expect(code).toBe(1)
    expect(stdout).toContain('cut.pdf: failed (damaged_pdf). The PDF is damaged beyond repair')
    expect(await readdir(path.join(folder, 'some'))).toEqual(['form.pdf'])
  })

  it('writes over a file only when it is told to', async () => {
    await writeFile(path.join(folder, 'kept.pdf'), 'mine')
    expect(await cli(['compress', 'form.pdf', '-o', 'kept.pdf'])).toMatchObject({ code: 2 })
    expect(await sizeOf('kept.pdf')).toBe(4)
    expect(await cli(['compress', 'form.pdf', '-o', 'kept.pdf', '--force'])).toMatchObject({ code: 0 })
    expect(await sizeOf('kept.pdf')).toBeGreaterThan(4)
  })
})

it.each([
  [[], 2, ''],
  [['compress'], 2, 'name the files to compress'],
  [['compress', 'nothing.pdf'], 2, 'nothing.pdf is not a file that can be read'],
  [['compress', 'form.pdf', '--speed', '3'], 2, 'compress has no option --speed'],
  [
    ['compress', 'form.pdf', '--level', 'weak'],
    2,
    '--level takes low|medium|high|maximum or 1-9, not "weak"',
  ],
  [['compress', 'form.pdf', '-o', 'form.pdf'], 2, 'form.pdf is there already; --force writes over it'],
  [['estimate'], 2, 'name the files to estimate'],
  [['estimate', 'cut.jpg'], 2, 'cut.jpg is not a file that can be read'],
  [['frobnicate'], 2, 'there is no command or task frobnicate'],
  [['constructor'], 2, 'there is no command or task constructor'],
  [['status'], 2, 'status takes the id of one job'],
  [['replay', '--engine', 'rules'], 2, 'replay takes the id of one job'],
  [['comparison'], 2, 'comparison takes the id of one job'],
  [['correct', 'x', 'invoice.invoiceNumber'], 2, 'give the value that the field should have, or --none'],
  [['jobs', '--status', 'lost'], 2, '--status is one of scheduled'],
  [['jobs', '--server', 'localhost'], 2, '"localhost" is no address'],
  [['compress', 'form.pdf', '-o', 'x.pdf', '--dpi', '1'], 1, 'invalid_options: '],
  [['status', '0198f0a0-0000-7000-8000-000000000000'], 1, 'unknown_job: '],
])('%j ends with %i', async (args, expected, message) => {
  const { code, stderr } = await cli(args)
  expect(stderr).toContain(message)
  expect(code).toBe(expected)
})

it('an estimate tells what each level would gain', async () => {
  const { code, stdout } = await cli(['estimate', 'scan.pdf', 'form.pdf'])
  expect(code).toBe(0)
  expect(stdout).toMatch(
    /^scan\.pdf: 1\.63 MB, 2 pages\n( {2}(low|medium|high|maximum) +about .+\n){4}form\.pdf: /,
  )
  const json = await cli(['estimate', '--json', 'scan.pdf'])
  expect(JSON.parse(json.stdout)).toMatchObject({ file: 'scan.pdf', pages: 2 })
})

it('jobs are listed, told, cancelled and run again', async () => {
  const client = createClient({ baseUrl: system.url })
  const startAt = new Date(Date.now() + 3_600_000)
  const job = await client.submit('compress', [path.join(folder, 'form.pdf')], { startAt })
  const listed = await cli(['jobs', '--status', 'scheduled', '--limit', '1'])
  expect(listed.stdout).toMatch(new RegExp(`^${job.id} {2}scheduled {2}compress .+ {2}form\\.pdf\n$`))
  expect((await cli(['status', job.id])).stdout).toContain(`next attempt  ${startAt.toISOString()}`)
  expect((await cli(['cancel', job.id])).stdout).toMatch(new RegExp(`^${job.id} {2}cancelled `))
  expect(await cli(['cancel', job.id])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('already_decided'),
  })
  const again: unknown = JSON.parse((await cli(['retry', job.id, '--json'])).stdout)
  expect(again).toMatchObject({ retryOf: job.id })
  expect((await cli(['tasks'])).stdout).toMatch(/^compress +Make a PDF smaller/m)
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
    expect(stdout).toContain('form.pdf: 13.9 kB → ')
    expect(await nothingLeft()).toBe(true)
  })

  /** Starts the command, and resolves when its job runs. */
  async function midway(): Promise<ChildProcess> {
    const child = spawn(program, ['compress', 'scan.pdf', '-o', 'never.pdf', '--level', 'maximum'], {
      cwd: folder,
      env: environment(alone()),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk) => (said += String(chunk)))
    await until('the job runs', () => said.includes('scan.pdf: '))
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
    expect((await cli(['tasks'], alone())).code).toBe(0)
    expect(await readdir(data())).toEqual(['cli-notes'])
  })
})

describe('keys', () => {
  const create = (...args: string[]) => cli(['keys', 'create', '--tenant', 'acme', ...args], {})

  it('are made for the file of keys, which never holds them', async () => {
    const file = path.join(folder, 'keys.json')
    const { stdout } = await create('--scopes', 'submit,read', '--id', 'first', '--file', file)
    const key = /^pdfs_\S{43}$/m.exec(stdout)?.[0]
    expect(key).toBeDefined()
    await create('--file', file)
    const text = await readFile(file, 'utf8')
    expect(JSON.parse(text)).toMatchObject([
      { id: 'first', tenant: 'acme', scopes: ['submit', 'read'] },
      { tenant: 'acme' },
    ])
    expect(text).not.toContain(key)
    expect((await stat(file)).mode & 0o777).toBe(0o600)

    const guarded = await startSystemProcess({ PDF_SMALLER_KEYS_FILE: file })
    try {
      const keyFile = path.join(folder, 'key')
      await writeFile(keyFile, `${key}\n`)
      const env = { PDF_SMALLER_URL: guarded.url }
      expect(await cli(['jobs'], env)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('unauthorized: '),
      })
      expect((await cli(['jobs'], { ...env, PDF_SMALLER_API_KEY: key ?? '' })).code).toBe(0)
      expect((await cli(['jobs'], { ...env, PDF_SMALLER_API_KEY_FILE: keyFile })).code).toBe(0)
      expect((await cli(['jobs'], { ...env, PDF_SMALLER_API_KEY_FILE: `${keyFile}s` })).code).toBe(2)
    } finally {
      await guarded.close()
    }
  })

  it('are printed with their entry where no file is named', async () => {
    expect((await create('--id', 'other')).stdout).toMatch(
      /^Add to the file of keys:\n\{"id":"other","tenant":"acme","sha256":"[0-9a-f]{64}","scopes":\["submit","read"\]\}\n\nThe key, shown only now:\npdfs_/,
    )
  })

  it('leave a file of keys alone that they do not understand, or that has the name already', async () => {
    const file = path.join(folder, 'other.json')
    await writeFile(file, '{"not": "keys"}')
    expect(await create('--file', file)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is not a list'),
    })
    expect(await readFile(file, 'utf8')).toBe('{"not": "keys"}')
    await writeFile(file, '[{"id": "first"}]')
    expect(await create('--file', file, '--id', 'first')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('has a key first already'),
    })
    expect((await readdir(folder)).filter((name) => name.endsWith('.new'))).toEqual([])
  })
})

describe('an invoice', () => {
  it('is read by the rules, corrected by a person, replayed, and compared', async () => {
    await writeFile(path.join(folder, 'bill.pdf'), invoice())
    expect(await cli(['extract-invoice', 'bill.pdf', '-o', 'bill', '--engine', 'rules'])).toMatchObject({
      code: 0,
    })
    const [job] = await newestJobs(1)
    const id = job?.id ?? ''
    const client = createClient({ baseUrl: system.url })
    const [document] = (await client.extraction(id)).documents
    expect(document).toMatchObject({
      kind: 'invoice',
      invoice: { totals: { gross: { value: { minor: '146100' } } } },
    })

    const corrected = await cli(['correct', id, 'invoice.totals.gross', '1461.01', '--note', 'by phone'])
    const line =
      /^\d{4}-\d\d-\d\d \S+ {2}anonymous {2}documents\[0\]\.invoice\.totals\.gross: 1461\.00 GBP → 1461\.01 GBP {2}by phone\n$/
    expect(corrected.stdout).toMatch(line)
    expect(await cli(['correct', id])).toEqual({ code: 0, stdout: corrected.stdout, stderr: '' })
    const wrong = await cli(['correct', id, 'invoice.total', '1'])
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('documents[0].invoice.total') })

    const again = await cli(['replay', id, '--engine', 'rules', '--exports', 'csv', '--json'])
    const replayed: { id: string } = JSON.parse(again.stdout)
    expect(replayed).toMatchObject({ replayOf: id, options: { engine: 'rules', exports: ['csv'] } })
    expect(await client.wait(replayed.id)).toMatchObject({ status: 'completed', outputs: { length: 2 } })
    const compared = await cli(['comparison', replayed.id])
    expect(compared.stdout).toMatch(
      new RegExp(
        `^left {3}${id} {2}rules, adds up\nright {2}${replayed.id} {2}rules, adds up\n\\d\\d the same, 0 changed, 0 only left, 0 only right\n$`,
      ),
    )
    expect(await client.get(id)).toMatchObject({ status: 'completed', corrections: 1 })
    expect((await cli(['replay', '--help'])).stdout).toContain('Usage: pdf-smaller replay ID')
    expect((await cli(['replay', id, '--help'])).stdout).toContain('--engine auto|llm|rules|both')
  })
})
