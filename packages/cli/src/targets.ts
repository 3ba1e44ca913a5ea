import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from './exit.ts'

/** Where a job's first output goes; `exact` when the user has named the file. */
export type Target = { path: string; exact: boolean }

type Asked = { task: string; out: string | undefined; force: boolean }

/**
 * Where the result of each job goes: `-o` is a file for one job and a folder for several; without it,
 * `<name>-small.pdf` beside the input.
 * @param files the first input of each job
 * @throws UsageError when two results would get one name, or a file is there that may not be written over
 */
export function targetsOf(files: readonly string[], { task, out, force }: Asked): Target[] {
  const isFolder = out !== undefined && (files.length > 1 || /[/\\]$/.test(out) || isDirectory(out))
  const targets = files.map((file): Target => {
    if (out === undefined) return { path: besideInput(file, task), exact: false }
    return isFolder ? { path: path.join(out, path.basename(file)), exact: false } : { path: out, exact: true }
  })
  const paths = targets.map((target) => target.path)
  const twice = paths.find((each, index) => paths.indexOf(each) !== index)
  if (twice) throw new UsageError(`two results would be written to ${twice}`)
  const taken = force ? undefined : paths.find((each) => existsSync(each))
  if (taken) throw new UsageError(`${taken} is there already; --force writes over it`)
  return targets
}

function besideInput(file: string, task: string): string {
  const { dir, name, ext } = path.parse(file)
  return path.join(dir, `${name}-${task === 'compress' ? 'small' : task}${ext}`)
}

/**
 * A path for each output of a job. The first one stands at the target and the others beside it, each with the extension
 * of its own kind of file.
 */
export function pathsOfOutputs({ path: target, exact }: Target, names: readonly string[]): string[] {
  const { dir, name: stem } = path.parse(target)
  const paths: string[] = []
  for (const [index, name] of names.entries()) {
    const extension = path.extname(name)
    const numbered = path.join(dir, `${stem}-${index + 1}${extension}`)
    const plain = index === 0 && exact ? target : path.join(dir, `${stem}${extension}`)
    paths.push(paths.includes(plain) ? numbered : plain)
  }
  return paths
}

function isDirectory(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false
}
