import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { addToCache, cacheFolder } from './cache.ts'

let home: string

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-cache-'))
  vi.stubEnv('XDG_CACHE_HOME', home)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(home, { recursive: true, force: true })
})

it.each([
  [{ XDG_CACHE_HOME: '/var/cache/x' }, '/var/cache/x/pdf-smaller/bin'],
  [{ XDG_CACHE_HOME: '', HOME: tmpdir() }, path.join(tmpdir(), '.cache/pdf-smaller/bin')],
  [{ XDG_CACHE_HOME: '', HOME: '' }, path.resolve('.cache/bin')],
  [{ XDG_CACHE_HOME: '', HOME: '/nonexistent' }, path.resolve('.cache/bin')],
])('for %j the cache is %s', (environment, folder) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  expect(cacheFolder()).toBe(folder)
})

it('moves what was made into the cache and leaves nothing else', async () => {
  const made = await addToCache('tool-1.0', 'tool', (folder) => writeFile(path.join(folder, 'tool'), 'v1'))
  expect(await readFile(made, 'utf8')).toBe('v1')
  expect(await readdir(cacheFolder())).toEqual(['tool-1.0'])
})

it('leaves nothing of a build that failed', async () => {
  const broken = addToCache('tool-1.0', 'tool', async (folder) => {
    await writeFile(path.join(folder, 'half'), '')
    throw new Error('no space left')
  })
  await expect(broken).rejects.toThrow('no space left')
  expect(await readdir(cacheFolder())).toEqual([])
})

it('lets two that build the same thing at once both succeed', async () => {
  const build = () =>
    addToCache('tool-1.0', 'folder', async (folder) => {
      await mkdir(path.join(folder, 'folder'))
      await writeFile(path.join(folder, 'folder/tool'), 'v1')
    })
  const [one, other] = await Promise.all([build(), build()])
  expect(one).toBe(other)
  expect(await readdir(cacheFolder())).toEqual(['tool-1.0'])
})
