import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runProgram } from '../../program/run.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-keys-'))
})
afterAll(() => rm(folder, { recursive: true }))

const at = (name: string) => path.join(folder, name)

/** Runs a command line in this process. */
async function cli(args: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const code = await runProgram(args, {
    environment: {},
    stdin: Readable.from([]),
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    signal: new AbortController().signal,
  })
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') }
}

const json = async (...args: string[]): Promise<unknown[]> =>
  (await cli([...args, '--json'])).stdout
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line))

describe('keys', () => {
  const create = (...args: string[]) => cli(['keys', 'create', '--tenant', 'acme', ...args])

  it('are made for the file of keys, which never holds them, listed and revoked', async () => {
    const file = at('keys.json')
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
    const listed = await json('keys', 'list', '--file', file)
    expect(listed).toMatchObject([{ id: 'first', scopes: ['submit', 'read'] }, {}])
    expect(JSON.stringify(listed)).not.toContain('sha256')
    expect(await cli(['keys', 'revoke', 'frist', '--file', file])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean first?'),
    })
    expect(await cli(['keys', 'revoke', 'first', '--file', file])).toMatchObject({
      code: 0,
      stdout: 'first  revoked\n',
    })
    expect(await json('keys', 'list', '--file', file)).toHaveLength(1)
  })

  it('are printed with their entry where no file is named', async () => {
    expect((await create('--id', 'other')).stdout).toMatch(
      /^Add to the file of keys:\n\{"id":"other","tenant":"acme","sha256":"[0-9a-f]{64}","scopes":\["submit","read"\]\}\n\nThe key, shown only now:\npdfs_/,
    )
    expect((await create('-q')).stdout).toMatch(/^pdfs_\S{43}\n$/)
  })

  it('leave a file of keys alone that they do not understand, or that has the name already', async () => {
    const file = at('other.json')
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
