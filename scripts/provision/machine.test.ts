import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { findProgram } from './find-program.ts'
import { findNatsServer } from './nats-server.ts'
import { installPackages } from './package-manager.ts'

/** A machine with few programs: the search path is one folder, and the cache is empty. */
let machine: string

beforeEach(async () => {
  machine = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-machine-'))
  await mkdir(path.join(machine, 'bin'))
  for (const name of ['sh', 'env']) await symlink(findProgram(name) ?? '', path.join(machine, 'bin', name))
  vi.stubEnv('PATH', path.join(machine, 'bin'))
  vi.stubEnv('XDG_CACHE_HOME', path.join(machine, 'cache'))
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await rm(machine, { recursive: true, force: true })
})

async function program(name: string, script: string): Promise<string> {
  const file = path.join(machine, name)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, `#!${path.join(machine, 'bin/sh')}\n${script}\n`)
  await chmod(file, 0o755)
  return file
}

describe('findNatsServer', () => {
  it('takes the one of the search path where it is new enough', async () => {
    const own = await program('bin/nats-server', 'echo nats-server: v2.14.5')
    await program('cache/pdf-smaller/bin/nats-server-2.15.2', '')
    expect(findNatsServer()).toBe(own)
  })

  it('passes over an old one, and takes the newest of the cache', async () => {
    await program('bin/nats-server', 'echo nats-server: v2.9.10')
    await program('cache/pdf-smaller/bin/nats-server-2.14.5', '')
    const newest = await program('cache/pdf-smaller/bin/nats-server-2.15.2', '')
    await program('cache/pdf-smaller/bin/nats-server-2.16.0-new-a1b2c3', '')
    expect(findNatsServer()).toBe(newest)
  })

  it('passes over one that does not run', async () => {
    await program('bin/nats-server', 'exit 1')
    expect(findNatsServer()).toBeUndefined()
  })
})

describe('installPackages', () => {
  beforeEach(async () => {
    await program('bin/sudo', 'shift; exec "$@"')
  })
  const names = { 'apt-get': ['qpdf', 'ghostscript'], brew: ['qpdf'] }
  const calls = async () => (await readFile(path.join(machine, 'calls'), 'utf8')).trim().split('\n')

  it('installs at once where the package lists are there', async () => {
    await program('bin/apt-get', `echo "$*" >> ${machine}/calls`)
    await installPackages(names)
    expect(await calls()).toEqual([
      '-q -o DPkg::Lock::Timeout=300 install -y --no-install-recommends qpdf ghostscript',
    ])
  })

  it('updates the package lists only when the installation fails, and tries again', async () => {
    await program(
      'bin/apt-get',
      `echo "$4" >> ${machine}/calls; [ "$4" = update ] && echo > ${machine}/lists; [ -e ${machine}/lists ]`,
    )
    await installPackages(names)
    expect(await calls()).toEqual(['install', 'update', 'install'])
  })

  it('names the command to run by hand, and the last words of the one that failed', async () => {
    await program('bin/apt-get', 'echo E: the disk is full >&2; exit 100')
    await expect(installPackages(names)).rejects.toThrow(
      /Run by hand:\n\n {2}sudo apt-get install qpdf ghostscript\n\n[^]*the disk is full/,
    )
  })

  it('says where to look when there is no package manager that it knows', async () => {
    await expect(installPackages(names)).rejects.toThrow('apt-get: qpdf ghostscript; brew: qpdf')
  })
})
