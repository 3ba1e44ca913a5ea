import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { buildClient } from '../../scripts/client/build.ts'
import type { Block } from './blocks.ts'

const run = promisify(execFile)
const root = path.resolve(import.meta.dirname, '../..')

/** A project of somebody else's, into which the packed client was installed. */
export type StrangersProject = {
  folder: string
  /** The folder of the package there. */
  installed: string
  write: (blocks: readonly Block[]) => Promise<void>
  remove: () => Promise<void>
}

/** Builds, packs and installs the client as its users do, from no registry. */
export async function makeProject(): Promise<StrangersProject> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-project-'))
  const built = path.join(folder, 'built')
  await buildClient(built)
  const npm = { cwd: folder, env: { ...process.env, npm_config_cache: path.join(folder, 'npm-cache') } }
  const { stdout } = await run('npm', ['pack', '--silent', built], npm)
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  const flags = ['--offline', '--no-audit', '--no-fund', '--silent']
  // The registry's part is played by what is installed here.
  await run('npm', ['install', ...flags, path.join(root, 'node_modules/zod'), `./${stdout.trim()}`], npm)
  const modules = path.join(folder, 'node_modules')
  await mkdir(path.join(modules, '@nats-io'))
  const own = createRequire(path.join(root, 'packages/client/package.json'))
  for (const name of ['@nats-io/jetstream', '@nats-io/transport-node']) {
    const entry = own.resolve(name)
    await symlink(entry.slice(0, entry.lastIndexOf(name) + name.length), path.join(modules, name))
  }
  return {
    folder,
    installed: path.join(modules, '@pdf-smaller/client'),
    write: async (blocks) => {
      for (const { name, code } of blocks) await writeFile(path.join(folder, name), code)
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
