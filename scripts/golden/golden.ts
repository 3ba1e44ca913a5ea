import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { breaks } from './breaks.ts'
import type { Contracts } from './contracts.ts'

const folder = path.resolve(import.meta.dirname, '../../packages/contracts/golden')

/** The contracts as they were accepted last, by the names of their files. */
export async function readGolden(): Promise<Map<string, unknown>> {
  const files = await readdir(folder, { recursive: true })
  const names = files.filter((file) => file.endsWith('.json')).sort()
  const read = async (file: string): Promise<[string, unknown]> => [
    file.slice(0, -'.json'.length),
    JSON.parse(await readFile(path.join(folder, file), 'utf8')),
  ]
  return new Map(await Promise.all(names.map(read)))
}

export async function writeGolden(name: string, schema: unknown): Promise<void> {
  const file = path.join(folder, `${name}.json`)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(schema, undefined, 2)}\n`)
}

export type Verdict = {
  /** What strangers would trip over, one line each. */
  broken: string[]
  /** The names of those that are new, or changed so that nobody has to care. */
  changed: string[]
}

/** Compares the contracts with what was accepted. */
export function compare(golden: ReadonlyMap<string, unknown>, now: Contracts): Verdict {
  const gone = [...golden.keys()].filter((name) => !now.has(name))
  const verdict: Verdict = { broken: gone.map((name) => `${name} is gone`), changed: [] }
  for (const [name, { role, schema }] of now) {
    const before = golden.get(name)
    if (isDeepStrictEqual(before, schema)) continue
    const broken = before === undefined ? [] : breaks(before, schema, role)
    verdict.broken.push(...broken.map((line) => `${name}: ${line}`))
    if (broken.length === 0) verdict.changed.push(name)
  }
  return verdict
}

/** What to do about a break. */
export const remedy =
  'A changed event is a new version of it, with an upcaster from the one before; a changed option or result has another name, ' +
  'beside the old one. For a new major version, remove the golden file in the same commit.'
