import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { z } from 'zod'

const Workspace = z.object({ name: z.string(), version: z.string() })

/** Beside zod: what only those need who read from NATS. */
const peers = ['@nats-io/jetstream', '@nats-io/transport-node']

/** The package.json of the package that is handed out; the versions are those that the project is tested with, or newer ones of their kind. */
export async function packageJson(source: string): Promise<unknown> {
  const { name, version } = Workspace.parse(
    JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8')),
  )
  const installed = createRequire(path.join(source, 'package.json'))
  const range = async (of: string): Promise<[string, string]> => {
    const entry = installed.resolve(of)
    const folder = entry.slice(0, entry.lastIndexOf(`node_modules/${of}/`) + `node_modules/${of}`.length)
    const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'))
    return [of, `^${Workspace.parse(manifest).version}`]
  }
  const typed = (file: string) => ({ types: `./types/client/src/${file}.d.ts`, default: `./${file}.js` })
  return {
    name,
    version,
    description: 'A typed client of PDF Smaller, for Node and browsers',
    license: 'MIT',
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.19' },
    exports: {
      '.': typed('index'),
      './node': typed('node'),
      './nats': typed('nats'),
      './package.json': './package.json',
    },
    dependencies: Object.fromEntries([await range('zod')]),
    peerDependencies: Object.fromEntries(await Promise.all(peers.map(range))),
    peerDependenciesMeta: Object.fromEntries(peers.map((peer) => [peer, { optional: true }])),
  }
}
