import { accessSync, constants, existsSync, lstatSync, statSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../program/exit.ts'
import type { KnownTask } from './catalogue.ts'

/** Where a job's first output goes; `exact` when the user has named the file. `-` is stdout. */
export type Target = { path: string; exact: boolean }

type Asked = {
  task: string
  out: string | undefined
  force: boolean
  endings?: readonly string[] | undefined
}

/**
 * Where the result of each job goes: `-o` is a file for one job and a folder for several; without it,
 * `<name>-small.pdf` beside the input, and stdout for what came from stdin.
 * @param files the first input of each job, as it was named
 * @throws UsageError when two results would get one name, or a file is there that may not be written over
 */
export function targetsOf(files: readonly string[], asked: Asked): Target[] {
  const { task, out, force, endings = [] } = asked
  if (out === '-' && files.length > 1)
    throw new UsageError('-o - takes the result of one job, not of several')
  const isFolder =
    out !== undefined && out !== '-' && (files.length > 1 || /[/\\]$/.test(out) || isDirectory(out))
  const targets = files.map((file): Target => {
    if (out === undefined && file === '-') return { path: '-', exact: true }
    if (out === undefined) return { path: besideInput(file, task), exact: false }
    return isFolder ? { path: path.join(out, nameOf(file)), exact: false } : { path: out, exact: true }
  })
  const paths = targets.filter((target) => target.path !== '-').flatMap((target) => expected(target, endings))
  const twice = paths.find((each, index) => paths.indexOf(each) !== index)
  if (twice) throw new UsageError(`two results would be written to ${twice}`)
  const taken = force ? undefined : paths.find((each) => !mayWrite(each))
  if (taken) throw new UsageError(`${taken} is there already; --force writes over it`)
  for (const each of paths) checkFolder(each)
  return targets
}

/** Whether a path can be written to without being told so: there is nothing, a device or a pipe, or a link to nothing. */
export function mayWrite(file: string): boolean {
  return !existsSync(file) || !statSync(file).isFile()
}

/** Whether something has the name: a device, a pipe, or a link to nothing yet. */
export function isWrittenThrough(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined && mayWrite(file)
}

/** The paths that the outputs of a job may get, as far as it is known what they are. */
function expected(target: Target, endings: readonly string[]): string[] {
  return endings.length === 0
    ? [target.path]
    : pathsOfOutputs(
        target,
        endings.map((ending) => `x${ending}`),
      )
}

/** The endings of the files that a task may write with these options; none where that is not known. */
export function endingsOf(
  { outputs = [], options: { properties } }: Pick<KnownTask, 'outputs' | 'options'>,
  given: Readonly<Record<string, unknown>>,
): string[] {
  return outputs
    .filter(({ when }) => {
      if (!when) return true
      const value = given[when.option] ?? properties[when.option]?.default
      return Array.isArray(value) ? value.includes(when.is) : value === when.is
    })
    .map(({ ending }) => ending)
}

/** @throws UsageError where no file can be made */
function checkFolder(file: string): void {
  let folder = path.dirname(file)
  while (!existsSync(folder)) folder = path.dirname(folder)
  if (!isDirectory(folder)) throw new UsageError(`${file} cannot be written: ${folder} is no folder`)
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    if (mayWrite(file) && existsSync(file)) return
    throw new UsageError(`${file} cannot be written: this user may not write into ${folder}`)
  }
}

const nameOf = (file: string) => (file === '-' ? 'stdin.pdf' : path.basename(file))

function besideInput(file: string, task: string): string {
  const { dir, name, ext } = path.parse(file)
  return path.join(dir, `${name}-${task === 'compress' ? 'small' : task}${ext}`)
}

/**
 * A path for each output of a job. The first one stands at the target and the others beside it, each with the extension
 * of its own kind of file.
 */
export function pathsOfOutputs({ path: target, exact }: Target, names: readonly string[]): string[] {
  const { dir, name: stem, ext } = path.parse(target)
  const paths: string[] = []
  for (const [index, name] of names.entries()) {
    const own = path.extname(name)
    // The input's own way of writing it: SCAN.PDF becomes SCAN-small.PDF.
    const extension = own.toLowerCase() === ext.toLowerCase() ? ext : own
    const numbered = path.join(dir, `${stem}-${index + 1}${extension}`)
    const plain = index === 0 && exact ? target : path.join(dir, `${stem}${extension}`)
    paths.push(paths.includes(plain) ? numbered : plain)
  }
  return paths
}

function isDirectory(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false
}
