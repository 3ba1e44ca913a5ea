import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { unseenFiles } from './unseen.ts'

/** Files that are measured together. */
export type FileSet = { name: string; files: string[] }

const root = path.join(import.meta.dirname, '../..')
const pdfsIn = (folder: string, pattern = /./): string[] =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => pattern.test(name) && name.toLowerCase().endsWith('.pdf'))
    .map((name) => path.join(folder, name))

/**
 * What is measured: the folders named, or else the corpus of real files where it is there, the listed files that nothing
 * was tuned on, and the examples. `--corpus`, `--unseen [FOLDER]` and `--examples` choose among those.
 */
export async function fileSets(flags: readonly string[]): Promise<FileSet[]> {
  const at = flags.indexOf('--unseen')
  const given = isFolder(flags[at + 1]) && at >= 0 ? flags[at + 1] : undefined
  const folders = flags.filter((flag) => isFolder(flag) && flag !== given)
  if (folders.length > 0)
    return folders.map((folder) => ({ name: path.resolve(folder), files: pdfsIn(folder) }))
  const names = ['corpus', 'unseen', 'examples'] as const
  const chosen = names.filter((name) => flags.includes(`--${name}`))
  const sets: FileSet[] = []
  for (const name of chosen.length > 0 ? chosen : names)
    sets.push({ name, files: await filesOf(name, given) })
  return sets.filter(({ files }) => files.length > 0)
}

const isFolder = (flag: string | undefined): boolean =>
  flag !== undefined && !flag.startsWith('-') && existsSync(flag) && statSync(flag).isDirectory()

async function filesOf(name: 'corpus' | 'unseen' | 'examples', given?: string): Promise<string[]> {
  if (name === 'examples') return pdfsIn(path.join(root, 'examples'))
  if (name === 'corpus') return pdfsIn(path.join(root, '../shared/corpus'), /^(scan|image|text|form|mixed)-/)
  const { files, lacking } = await unseenFiles(path.join(root, 'node_modules/.cache/unseen-pdfs'), given)
  if (lacking.length > 0)
    process.stdout.write(`${lacking.join('\n')}\n(--unseen FOLDER takes them from a folder)\n`)
  return files
}
