import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { processesNaming, type RunningSystem, startSystemProcess } from '../fixtures/system.ts'

const program = fileURLToPath(new URL('../../pdf-smaller', import.meta.url))
const examples = fileURLToPath(new URL('../../examples/', import.meta.url))

let folder: string
let system: RunningSystem
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-cli-'))
  system = await startSystemProcess()
  await copyFile(path.join(examples, 'handbook.pdf'), path.join(folder, 'handbook.pdf'))
  await copyFile(path.join(examples, 'form.pdf'), path.join(folder, 'form.pdf'))
  await writeFile(path.join(folder, 'cut.pdf'), '%PDF-1.7 and no more')
})
afterAll(async () => {
  await system.close()
  await rm(folder, { recursive: true, force: true })
})

type Ended = { code: number; stdout: string; stderr: string }

/** Runs the command in a folder of its own; the running system is used unless the environment says otherwise. */
function cli(
  args: string[],
  env: Record<string, string> = { PDF_SMALLER_URL: system.url },
  command = program,
): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      command,
      args,
      { cwd: folder, env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env } },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    )
  })
}

const sizeOf = async (name: string) => (await stat(path.join(folder, name))).size

describe('the command line', () => {
  it('compresses a file, tells its progress and what each pass saved', async () => {
    const { code, stdout, stderr } = await cli(['compress', 'handbook.pdf', '-o', 'small.pdf'])
    expect({ code, stderr }).toMatchObject({ code: 0 })
    expect(await sizeOf('small.pdf')).toBeLessThan(await sizeOf('handbook.pdf'))
    expect((await readFile(path.join(folder, 'small.pdf'))).subarray(0, 5).toString()).toBe('%PDF-')
    expect(stdout).toMatch(/^handbook\.pdf: 318\.\d kB → \d+\.\d kB \(\d+\.\d % smaller\) → small\.pdf$/m)
    expect(stdout).toMatch(/^ {2}\S+ +won +saves/m)
    expect(stderr).toContain('handbook.pdf: ')
  })

  it('makes one batch of several files, in a folder', async () => {
    const { code } = await cli(['compress', 'handbook.pdf', 'form.pdf', '-o', 'out'])
    expect(code).toBe(0)
    expect((await readdir(path.join(folder, 'out'))).sort()).toEqual(['form.pdf', 'handbook.pdf'])
    const jobs: unknown = await (await fetch(`${system.url}/api/jobs?limit=2`)).json()
    const ids = JSON.stringify(jobs).match(/"batchId":"[^"]+"/g) ?? []
    expect(new Set(ids).size).toBe(1)
    expect(ids).toHaveLength(2)
  })

  it('ends with the code of the failure', async () => {
    const { code, stdout } = await cli(['compress', 'cut.pdf', '-o', 'never.pdf'])
    expect(code).toBe(1)
    expect(stdout).toContain('cut.pdf: failed (damaged_pdf)')
    await expect(sizeOf('never.pdf')).rejects.toThrow()
  })

  it.each([
    [['compress'], 2, 'name the files'],
    [['compress', 'nothing.pdf'], 2, 'nothing.pdf is not a file'],
    [['compress', 'form.pdf', '--speed', '3'], 2, 'has no option --speed'],
    [['compress', 'form.pdf', '-o', 'form.pdf'], 2, 'is there already'],
    [['frobnicate'], 2, 'there is no command or task frobnicate'],
    [['compress', 'form.pdf', '-o', 'x.pdf', '--dpi', '1'], 1, 'invalid_options'],
  ])('refuses %j', async (args, expected, message) => {
    const { code, stderr } = await cli(args)
    expect(stderr).toContain(message)
    expect(code).toBe(expected)
  })

  it('tells when the service cannot be reached', async () => {
    const { code } = await cli(['jobs'], { PDF_SMALLER_URL: 'http://127.0.0.1:9' })
    expect(code).toBe(3)
  })

  it('starts a system of its own where none runs, through a link too, and leaves nothing of it', async () => {
    const link = path.join(folder, 'linked')
    await symlink(program, link)
    const data = path.join(folder, 'own-data')
    const { code, stdout, stderr } = await cli(
      ['compress', 'form.pdf', '-o', 'own.pdf'],
      { PDF_SMALLER_DATA_DIR: data },
      link,
    )
    expect({ code, stderr }).toMatchObject({ code: 0 })
    expect(stdout).toContain('form.pdf: 13.9 kB → ')
    expect(await processesNaming(data)).toEqual([])
    expect(await readdir(data).catch(() => [])).toEqual([])
  })

  it('makes keys that the file of keys can hold', async () => {
    const file = path.join(folder, 'keys.json')
    const { stdout } = await cli([
      'keys',
      'create',
      '--tenant',
      'acme',
      '--scopes',
      'submit,read',
      '--id',
      'first',
      '--file',
      file,
    ])
    const key = /^pdfs_\S{43}$/m.exec(stdout)?.[0]
    expect(key).toBeDefined()
    const text = await readFile(file, 'utf8')
    expect(JSON.parse(text)).toMatchObject([{ id: 'first', tenant: 'acme', scopes: ['submit', 'read'] }])
    expect(text).not.toContain(key)
    expect((await cli(['keys', 'create', '--tenant', 'acme', '--id', 'first', '--file', file])).code).toBe(2)
  })
})
