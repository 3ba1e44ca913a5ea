import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { step } from './step.ts'

const root = path.resolve(import.meta.dirname, '../..')
const page = path.join(root, 'packages', 'web')
/** Says what the built page was built of. */
const stamp = path.join(page, 'dist', '.built-of')

/** Builds the page for people, unless it is there as its sources are. @throws Error with what the build says */
export async function buildWebPage(): Promise<void> {
  const wanted = sources()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  await step('Building the web page', process.execPath, [vite, 'build', page])
  writeFileSync(stamp, wanted)
}

/** Changes with whatever decides what is built. */
function sources(): string {
  const exclude = ['packages/web/dist/**', '**/node_modules/**', '**/*.test.ts']
  const files = globSync('packages/web/**/*.*', { cwd: root, exclude }).toSorted()
  const hash = createHash('sha256')
  for (const file of ['pnpm-lock.yaml', ...files])
    hash.update(`\n${file}\n`).update(readFileSync(path.join(root, file)))
  return hash.digest('hex')
}
