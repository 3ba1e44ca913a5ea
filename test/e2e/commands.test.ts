import { execFileSync } from 'node:child_process'
import {
  copyFile,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { runProgram } from '@pdf-smaller/cli/program'
import { createClient } from '@pdf-smaller/client/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningSystem, startSystemProcess } from '@pdf-smaller/testing/system'
import { invoice } from '@pdf-smaller/testing/pdf/invoice'

const examples = fileURLToPath(new URL('../../examples/', import.meta.url))

let folder: string
let system: RunningSystem
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-commands-'))
  system = await startSystemProcess()
  for (const name of ['form.pdf', 'handbook.pdf']) await copyFile(path.join(examples, name), at(name))
  await writeFile(at('cut.pdf'), '%PDF-1.7 and no more')
  await writeFile(at('empty.pdf'), '')
  await writeFile(at('bill.pdf'), invoice())
})
afterAll(async () => {
  await system.close()
  await rm(folder, { recursive: true, force: true })
})

const at = (name: string) => path.join(folder, name)
const exists = (name: string) => stat(at(name)).then(Boolean, () => false)

/** Runs a command line in this process. @param input of stdin */
async function cli(
  args: readonly string[],
  { input = '', env = {} }: { input?: string | Buffer; env?: Record<string, string> } = {},
) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const kept = (stream: PassThrough) => stream.toArray().then((chunks) => Buffer.concat(chunks))
  const [out, err] = [kept(stdout), kept(stderr)]
  const code = await runProgram(args, {
    environment: { PDF_SMALLER_URL: system.url, ...env },
    stdin: Readable.from([Buffer.from(input)]),
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    signal: new AbortController().signal,
  })
  stdout.end()
  stderr.end()
  return { code, stdout: (await out).toString(), bytes: await out, stderr: (await err).toString() }
}

const json = async (...args: string[]): Promise<unknown[]> =>
  (await cli([...args, '--json'])).stdout
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line))

/** Hands a file in, and gives the id of its job. */
async function handIn(...args: string[]): Promise<string> {
  const { stdout } = await cli([...args, '--detach', '--quiet'])
  return stdout.trim()
}

describe('a task', () => {
  it('writes the smaller file, tells in one line what it gained, and is silent aside', async () => {
    const out = at('small.pdf')
    const told = await cli(['compress', at('handbook.pdf'), '-o', out, '--tag', 'mine'])
    expect(told).toMatchObject({ code: 0, stderr: '' })
    expect(told.stdout).toMatch(
      new RegExp(`^handbook\\.pdf {2}318\\.\\d kB → +\\d+\\.\\d kB {2}\\d+\\.\\d % smaller {2}${out}\n$`),
    )
    expect((await readFile(out)).subarray(0, 5).toString()).toBe('%PDF-')
    const again = await cli(['compress', at('handbook.pdf'), '-vfo', out])
    expect(again.stdout).toMatch(/^ {2}\S.*: taken, saves \d+\.\d kB\.$/m)
    expect(await json('jobs', '--tag', 'mine')).toMatchObject([{ tag: 'mine', task: 'compress' }])
  })

  it('gives each of several files its result, and one that fails keeps no other from it', async () => {
    const files = ['cut.pdf', 'form.pdf', 'empty.pdf', 'handbook.pdf'].map(at)
    const { code, stdout, stderr } = await cli(['compress', ...files, '-o', at('out')])
    expect(code).toBe(1)
    expect((await readdir(at('out'))).sort()).toEqual(['form.pdf', 'handbook.pdf'])
    expect(stdout.trim().split('\n').sort()).toEqual([
      expect.stringMatching(/^form\.pdf {7}13\.9 kB → /),
      expect.stringMatching(/^handbook\.pdf {2}318\.\d kB → /),
    ])
    expect(stderr).toContain('cut.pdf: failed (damaged_pdf). The PDF is damaged beyond repair: cut.pdf: ')
    expect(stderr).toContain('empty.pdf: empty_file: The file is empty')
    expect(stderr).not.toContain('in-0-')
    const [one, other] = await json('jobs', '--limit', '2')
    expect(one).toEqual(expect.objectContaining({ batchId: expect.any(String) }))
    expect(other).toMatchObject({ batchId: (one as { batchId: string }).batchId })
  })

  it('reads stdin and writes stdout, and nothing but the result', async () => {
    const input = await readFile(at('form.pdf'))
    const told = await cli(['compress', '-'], { input })
    expect(told.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(told.bytes.subarray(-6).toString()).toBe('%%EOF\n')
    expect(told.stderr).toMatch(/^stdin\.pdf +13\.9 kB → /)
    expect((await cli(['compress', '-', '-qo', '-'], { input })).stderr).toBe('')
  })

  it('writes over files only when told to, through links, and into what is no file without being told', async () => {
    await writeFile(at('kept.pdf'), 'mine')
    await symlink('kept.pdf', at('link.pdf'))
    await symlink('made.pdf', at('dangling.pdf'))
    expect(await cli(['compress', at('form.pdf'), '-o', at('link.pdf')])).toMatchObject({ code: 2 })
    expect(await readFile(at('kept.pdf'), 'utf8')).toBe('mine')
    expect(await cli(['compress', at('form.pdf'), '-o', at('link.pdf'), '--overwrite'])).toMatchObject({
      code: 0,
    })
    expect(await readlink(at('link.pdf'))).toBe('kept.pdf')
    expect((await stat(at('kept.pdf'))).size).toBeGreaterThan(4)
    expect(await cli(['compress', at('form.pdf'), '-o', at('dangling.pdf')])).toMatchObject({ code: 0 })
    expect((await lstat(at('dangling.pdf'))).isSymbolicLink()).toBe(true)
    expect(await exists('made.pdf')).toBe(true)
    expect(await cli(['compress', at('form.pdf'), '-o', '/dev/null'])).toMatchObject({ code: 0 })
    expect((await lstat('/dev/null')).isCharacterDevice()).toBe(true)
  })

  it('writes into a pipe, and reads one', async () => {
    execFileSync('mkfifo', [at('pipe-in'), at('pipe-out')])
    const reading = readFile(at('pipe-out'))
    const writing = writeFile(at('pipe-in'), await readFile(at('form.pdf')))
    expect(await cli(['compress', at('pipe-in'), '-o', at('pipe-out')])).toMatchObject({ code: 0 })
    await writing
    expect((await reading).subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('looks at the places of all its results before it begins', async () => {
    await writeFile(at('invoice.csv'), 'mine')
    const before = await json('jobs', '--task', 'extract-invoice')
    const { code, stderr } = await cli(['extract-invoice', at('bill.pdf'), '-o', at('invoice.json')])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `pdf-smaller: ${at('invoice.csv')} is there already; --force writes over it\n`,
    })
    expect(await json('jobs', '--task', 'extract-invoice')).toEqual(before)
  })

  it('without files runs at once', async () => {
    expect(await json('cleanup-temp-files')).toMatchObject([{ job: { status: 'completed', inputs: [] } }])
  })
})

it.each([
  [['compress', 'nothing.pdf', 'nor.pdf'], 2, 'there is no file nothing.pdf; there is no file nor.pdf'],
  [['compress', '/'], 2, '/ is a folder: name its files, such as /*.pdf'],
  [['compress', 'form.pdf', '--levl', '3'], 2, 'compress has no option --levl; did you mean --level?'],
  [['compress', '--dpi', '1', 'form.pdf'], 2, '--dpi takes 36-1200, not "1"'],
  [['merge', 'form.pdf'], 2, 'merge needs at least 2 files'],
  [
    ['split', '--ranges', '3-x', 'form.pdf', '-o', 'x.zip'],
    1,
    'invalid_options: An option is unknown or has a wrong value: --ranges: ',
  ],
  [['compres', 'form.pdf'], 2, 'there is no command or task compres; did you mean compress?'],
  [['constructor'], 2, 'there is no command or task constructor'],
  [['keys', 'lst'], 2, 'keys has no lst: create, list, revoke'],
  [['jobs', 'now'], 2, 'jobs takes no arguments, and "now" is too much'],
  [['jobs', '--status', 'lost'], 2, '--status takes scheduled|'],
  [['--server', 'localhost', 'jobs'], 2, '"localhost" is no address'],
  [['jobs', '--json', '--quiet'], 2, '--json and --quiet say two things'],
  [['correct', 'x', 'invoice.invoiceNumber'], 2, 'give the value that the field should have, or --none'],
  [
    ['status', '0198f0a0-0000-7000-8000-000000000000'],
    1,
    'unknown_job: There is no such job. See pdf-smaller jobs',
  ],
])('%j ends with %i', async (args, expected, message) => {
  const own = args.map((arg) => (/^(form|x)\.(pdf|zip)$/.test(arg) ? at(arg) : arg))
  const { code, stderr, stdout } = await cli(own)
  expect(stderr).toContain(message)
  expect(stdout).toBe('')
  expect(code).toBe(expected)
  const asJson = await cli([...own, '--json'])
  if (!args.includes('--json')) expect(JSON.parse(asJson.stderr)).toMatchObject({ exitCode: expected })
})

describe('a job', () => {
  it('is handed in, waited for, told of, fetched and deleted', async () => {
    const id = await handIn('compress', at('form.pdf'), '--fresh')
    expect(await cli(['wait', id, '-q'])).toMatchObject({ code: 0, stdout: `${id} completed\n`, stderr: '' })
    const told = await cli(['status', id])
    expect(told.stdout).toContain(`job           ${id}\n`)
    expect(told.stdout).toMatch(/^form\.pdf {3}13\.9 kB → .* smaller$/m)
    expect((await cli(['jobs', '--limit', '1'])).stdout).toMatch(
      new RegExp(`^ID .+FILES\n${id} {2}completed {2}compress {2}.+ kB {2}form\\.pdf\n$`),
    )
    expect(await cli(['download', id, '-o', at('fetched.pdf')])).toMatchObject({ code: 0 })
    expect(await cli(['download', id, '-o', at('fetched.pdf')])).toMatchObject({ code: 2 })
    const piped = await cli(['download', id, '-o', '-'])
    expect(piped.bytes).toEqual(await readFile(at('fetched.pdf')))
    const receipt = await cli(['receipt', id])
    expect(receipt.stdout).toMatch(/^input {7}form\.pdf {2}13\.9 kB {2}sha256 [0-9a-f]{64}$/m)
    expect(await json('delete', id)).toMatchObject([{ jobId: id, erased: 'files', files: 2 }])
    expect(await cli(['download', id, '-o', at('gone.pdf')])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('file_expired: '),
    })
    expect(await exists('gone.pdf')).toBe(false)
  })

  it('that has failed is told of so, and run again once', async () => {
    const id = await handIn('compress', at('cut.pdf'), '--tag', 'broken')
    const waited = await cli(['wait', id])
    expect(waited).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(`${id}: failed (damaged_pdf)`),
    })
    expect(await cli(['status', id])).toMatchObject({ code: 1 })
    const dry = await cli(['redrive', '--tag', 'broken', '--code', 'damaged_pdf'])
    expect(dry.stdout).toContain('would be run again')
    const [again] = await json('redrive', '--tag', 'broken', '--yes')
    expect(again).toMatchObject({ id, retriedAs: expect.any(String) })
    expect(await json('redrive', '--tag', 'broken', '--yes')).toContainEqual(
      expect.objectContaining({ id, skipped: 'retried before' }),
    )
  })

  it('is cancelled before it begins, and run again', async () => {
    const client = createClient({ baseUrl: system.url })
    const startAt = new Date(Date.now() + 3_600_000)
    const { id } = await client.submit('compress', [at('form.pdf')], { startAt })
    expect((await cli(['status', id, '-q'])).stdout).toBe('scheduled\n')
    expect((await cli(['cancel', id])).stdout).toBe(`${id}  cancelled  compress  form.pdf\n`)
    const both = await cli(['cancel', id, 'x'])
    expect(both).toMatchObject({ code: 1, stdout: '' })
    expect(both.stderr).toMatch(
      new RegExp(`^${id}: already_decided: .* pdf-smaller retry ID.\nx: unknown_job: `),
    )
    expect(await json('retry', id)).toMatchObject([{ retryOf: id }])
  })
})

describe('events', () => {
  it('are written from the first one, or those of some types', async () => {
    const all = await json('events', 'replay')
    expect(all[0]).toMatchObject({ sequence: expect.any(String), event: { specversion: '1.0' } })
    const { stdout, code } = await cli(['events', 'replay', '--type', 'failed', '--from', '1h'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^\d{4}-\d\d-\d\d [\d:]{8} +\d+ {2}failed {11}\S+ {2}damaged_pdf: The PDF/)
    expect(await cli(['events', 'replay', '--type', 'fail'])).toMatchObject({ code: 2 })
  })

  it('are followed until nobody reads them any more', async () => {
    const stdout = new PassThrough()
    const seen = new Promise<string>((resolve) => {
      stdout.once('data', (chunk) => {
        resolve(String(chunk))
        stdout.destroy(Object.assign(new Error('nobody reads'), { code: 'EPIPE' }))
      })
    })
    const code = await runProgram(['events', 'tail', '--since', '1h', '--json'], {
      environment: { PDF_SMALLER_URL: system.url },
      stdin: Readable.from([]),
      stdout: stdout as unknown as NodeJS.WriteStream,
      stderr: new PassThrough() as unknown as NodeJS.WriteStream,
      signal: new AbortController().signal,
    })
    expect(JSON.parse((await seen).split('\n')[0] ?? '')).toMatchObject({
      event: { source: expect.any(String) },
    })
    expect(code).toBe(0)
  })
})

it('integrators come and go', async () => {
  const [made] = await json('integrators', 'create', 'billing', '--filter', 'task=compress', '--from', '0')
  expect(made).toMatchObject({
    consumer: { name: 'billing', filters: { task: ['compress'] } },
    credentials: { password: expect.any(String) },
  })
  expect((await cli(['integrators', 'list'])).stdout).toMatch(/^NAME .+\nbilling {2}default /)
  expect(await cli(['integrators', 'create', 'billing'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('event_consumer_exists: '),
  })
  expect((await cli(['integrators', 'revoke', 'billing'])).stdout).toBe('billing  ended\n')
  expect(await json('integrators', 'list')).toEqual([])
})

it('webhooks are made, told of, changed and deleted', async () => {
  const url = 'https://example.org/hook'
  const [made] = await json('webhooks', 'create', url, '--types', 'completed,failed', '--tags', 'spring')
  expect(made).toMatchObject({ url, tags: ['spring'], secretKey: expect.stringMatching(/^whsec_/) })
  const { id } = made as { id: string }
  expect((await cli(['webhooks', 'list'])).stdout).toMatch(
    new RegExp(`^ID .+\n${id} +enabled +${url} +completed,failed tagged spring\n$`),
  )
  const changed = await json('webhooks', 'change', id, '--tags', '', '--tasks', 'ocr', '--name', 'mine')
  expect(changed).toMatchObject([{ url, name: 'mine', tasks: ['ocr'], types: { length: 2 } }])
  expect(changed).not.toMatchObject([{ tags: ['spring'] }])
  expect((await cli(['webhooks', 'rotate', id, '-q'])).stdout).toMatch(/^whsec_/)
  expect((await cli(['webhooks', 'get', id])).stdout).toMatch(/^secret {8}number 2, the one before until /m)
  expect((await cli(['webhooks', 'disable', id])).stdout).toContain(`${id}  disabled  ${url}`)
  expect((await cli(['webhooks', 'resume', id])).stdout).toContain(`${id}  enabled  ${url}`)
  expect((await cli(['webhooks', 'backfill', id, '--from', '1h', '-q'])).stdout).toBe(`${id}\n`)
  expect(await cli(['webhooks', 'redeliver', id, 'x'])).toMatchObject({ code: 2 })
  expect((await cli(['webhooks', 'delete', id])).stdout).toBe(`${id}  deleted\n`)
  expect(await cli(['webhooks', 'get', id])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('See pdf-smaller webhooks list'),
  })
})

it('tells how the system is, and what the machine lacks', async () => {
  // The first check is made a little after the start.
  const { code, stdout } = await cli(['health'])
  expect(stdout).toMatch(code === 0 ? /^system {6}(healthy|degraded) / : /^system {6}unhealthy\n/)
  const found = await cli(['doctor'])
  expect(found.stdout).toMatch(/^✓ qpdf +\d+\.\d+/m)
  expect(found.stdout).toContain(`ready at ${system.url}`)
})

it('an invoice is read by the rules, corrected by a person, replayed, and compared', async () => {
  expect(
    await cli(['extract-invoice', at('bill.pdf'), '-o', at('bill.json'), '--engine', 'rules']),
  ).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`${at('bill.json')}, ${at('bill.csv')}, ${at('bill.xlsx')}`),
  })
  const id = (await cli(['jobs', '-q', '--limit', '1'])).stdout.trim()
  const client = createClient({ baseUrl: system.url })
  const [document] = (await client.extraction(id)).documents
  expect(document).toMatchObject({
    kind: 'invoice',
    invoice: { totals: { gross: { value: { minor: '146100' } } } },
  })

  const corrected = await cli(['correct', id, 'invoice.totals.gross', '1461.01', '--note', 'by phone'])
  expect(corrected.stdout).toMatch(
    /^\d{4}-\d\d-\d\d \S+ {2}anonymous {2}documents\[0\]\.invoice\.totals\.gross: 1461\.00 GBP → 1461\.01 GBP {2}by phone\n$/,
  )
  expect((await cli(['correct', id])).stdout).toBe(corrected.stdout)
  expect(await cli(['correct', id, 'invoice.total', '1'])).toMatchObject({ code: 1 })

  const [again] = await json('replay', id, '--engine', 'rules', '--exports', 'csv')
  expect(again).toMatchObject({ replayOf: id, options: { engine: 'rules', exports: ['csv'] } })
  const replayed = (again as { id: string }).id
  expect(await cli(['wait', replayed, '-q'])).toMatchObject({ code: 0 })
  expect((await cli(['comparison', replayed])).stdout).toMatch(
    new RegExp(
      `^left {3}${id} {2}rules, adds up\nright {2}${replayed} {2}rules, adds up\n\\d\\d the same, 0 changed, 0 only left, 0 only right\n$`,
    ),
  )
  expect(await cli(['replay', id, '--frob'])).toMatchObject({ code: 2 })
})

it('estimates tell what each level would gain', async () => {
  const { code, stdout } = await cli(['estimate', at('handbook.pdf'), at('form.pdf')])
  expect(code).toBe(0)
  expect(stdout).toMatch(
    /^handbook\.pdf: 318\.\d kB, \d+ pages\n( {2}(low|medium|high|maximum) +about .+\n){4}form\.pdf: /,
  )
  expect(await json('estimate', at('form.pdf'))).toMatchObject([{ file: 'form.pdf', levels: {} }])
})
