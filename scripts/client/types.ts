import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'

const root = path.resolve(import.meta.dirname, '../..')
const packages = path.join(root, 'packages')
const contracts = '@pdf-smaller/contracts'

/**
 * Writes the declarations of the client and of the contracts that it names, in folders like those of the workspace. Names of
 * workspace members become paths between them.
 * @throws Error with what the compiler says
 */
export async function writeTypes(entries: readonly string[], to: string): Promise<void> {
  const exported = await exportsOfContracts()
  await declare([...entries.map((name) => `client/src/${name}.ts`), ...exported.values()], to)
  for (const name of globSync('**/*.d.ts', { cwd: to })) {
    const file = path.join(to, name)
    const text = await readFile(file, 'utf8')
    await writeFile(
      file,
      text.replaceAll(imported, (_, before, what, after) => `${before}${leadTo(what)}${after}`),
    )

    function leadTo(specifier: string): string {
      const target = exported.get(specifier)
      const way = target === undefined ? specifier : path.posix.relative(path.posix.dirname(name), target)
      return way.startsWith('.') ? way.replace(/\.ts$/, '.js') : way
    }
  }
}

/** What stands behind `from`, and in types behind `import`. */
const imported = /((?:from |import\()['"])([^'"]+)(['"])/g

/** What the contracts let others import: the files in the folder of packages by the names that they are imported by. */
async function exportsOfContracts(): Promise<Map<string, string>> {
  const { exports } = z
    .object({ exports: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await readFile(path.join(packages, 'contracts/package.json'), 'utf8')))
  const own = Object.entries(exports).filter(([name]) => !name.includes('*') && name !== './published')
  return new Map(own.map(([name, file]) => [contracts + name.slice(1), path.posix.join('contracts', file)]))
}

async function declare(files: readonly string[], to: string): Promise<void> {
  const folder = await mkdtemp(path.join(root, 'node_modules/.client-types-'))
  const config = path.join(folder, 'tsconfig.json')
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: packages,
    outDir: to,
    typeRoots: [path.join(root, 'node_modules/@types')],
  }
  try {
    await writeFile(
      config,
      JSON.stringify({
        extends: path.join(root, 'tsconfig.json'),
        compilerOptions,
        include: [],
        files: files.map((file) => path.join(packages, file)),
      }),
    )
    await promisify(execFile)(path.join(root, 'node_modules/.bin/tsc'), ['-p', config])
  } catch (error) {
    const told = error instanceof Error && 'stdout' in error ? String(error.stdout) : ''
    throw new Error(`the declarations of the client cannot be written:\n${told}`, { cause: error })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
