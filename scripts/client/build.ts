import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { packageJson } from './manifest.ts'
import { writeTypes } from './types.ts'

const root = path.resolve(import.meta.dirname, '../..')
const source = path.join(root, 'packages/client')

/** A file of the package that is loaded, and how large it is. */
export type BuiltFile = { name: string; bytes: number; zipped: number }

/** What programs import, by the names of its files. */
export const entries = ['index', 'node', 'nats'] as const

/**
 * Builds the client as a package that stands alone: JavaScript (ES modules) with types, the contracts within it, of
 * libraries zod alone. It is not minified, so that traces of errors can be read.
 * @param to the folder of the package; what was in it is removed
 */
export async function buildClient(to: string): Promise<BuiltFile[]> {
  await rm(to, { recursive: true, force: true })
  await mkdir(to, { recursive: true })
  const bundle = await rolldown({
    input: Object.fromEntries(entries.map((name) => [name, path.join(source, 'src', `${name}.ts`)])),
    external: [/^node:/, /^zod$/, /^@nats-io\//],
    platform: 'neutral',
    treeshake: { moduleSideEffects: false },
  })
  const { output } = await bundle.write({ dir: to, format: 'es', chunkFileNames: 'shared-[hash].js' })
  await bundle.close()
  await writeTypes(entries, path.join(to, 'types'))
  await writeFile(path.join(to, 'package.json'), JSON.stringify(await packageJson(source), null, 2))
  await copyFile(path.join(root, 'docs/client.md'), path.join(to, 'README.md'))
  await writeFile(path.join(to, 'LICENSE'), await licences())
  return output.flatMap((file) => {
    if (file.type !== 'chunk') return []
    const zipped = gzipSync(file.code).length
    return [{ name: file.fileName, bytes: Buffer.byteLength(file.code), zipped }]
  })
}

/** That of the project, and that of what is bundled into it. */
async function licences(): Promise<string> {
  const bundled = 'eventsource-parser'
  const entry = createRequire(path.join(source, 'package.json')).resolve(bundled)
  const folder = entry.slice(0, entry.lastIndexOf(`${path.sep}dist${path.sep}`))
  const [own, its] = await Promise.all(
    [root, folder].map((where) => readFile(path.join(where, 'LICENSE'), 'utf8')),
  )
  return `${own}\n---\n\nThe package contains ${bundled}:\n\n${its}`
}
