import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { targetAt } from './target.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-target-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const at = (name: string) => path.join(folder, name)

async function put(to: string, overwrite: boolean): Promise<void> {
  const target = await targetAt(to, overwrite, 'x.partial')
  await writeFile(target.partial, 'new')
  await target.put()
}

describe('the target of a download', () => {
  it('is a new file, and none that is there', async () => {
    await put(at('new'), false)
    await writeFile(at('old'), 'old')
    await expect(put(at('old'), false)).rejects.toMatchObject({ code: 'EEXIST' })
    expect([await readFile(at('new'), 'utf8'), await readFile(at('old'), 'utf8')]).toEqual(['new', 'old'])
  })

  it('is the file that has the name, with its mode, where it may be written over', async () => {
    await writeFile(at('old'), 'old', { mode: 0o640 })
    await put(at('old'), true)
    expect(await readFile(at('old'), 'utf8')).toBe('new')
    expect((await stat(at('old'))).mode & 0o777).toBe(0o640)
    expect(await readdir(folder)).toEqual(['old'])
  })

  it.each(['old', 'not-there'])('is what a link leads to: %s', async (name) => {
    if (name === 'old') await writeFile(at(name), 'old')
    await symlink(name, at('link'))
    await put(at('link'), true)
    expect(await readlink(at('link'))).toBe(name)
    expect(await readFile(at(name), 'utf8')).toBe('new')
  })

  it('is whoever reads from a pipe', async () => {
    await promisify(execFile)('mkfifo', [at('pipe')])
    const [read] = await Promise.all([readFile(at('pipe'), 'utf8'), put(at('pipe'), true)])
    expect(read).toBe('new')
    expect((await stat(at('pipe'))).isFIFO()).toBe(true)
  })

  it('is a device, which stays one', async () => {
    await put('/dev/null', true)
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true)
  })
})
