import { accessSync, constants, createReadStream, createWriteStream, statSync } from 'node:fs'
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { displayName } from '@pdf-smaller/contracts'
import { UsageError } from '../program/exit.ts'
import type { Session } from '../program/session.ts'

/** A file to work on: where it can be read as often as it takes, and what it is told by. */
export type Input = { path: string; name: string }

export type Inputs = {
  files: readonly Input[]
  /** Removes copies of what could be read only once. */
  close: () => Promise<void>
}

const shownFaults = 5

/**
 * Makes sure that all files can be read, before anything is done with one of them.
 * @throws UsageError that names those that cannot
 */
export function checkInputs(words: readonly string[], { input }: Pick<Session, 'input'>): void {
  const faults = words.flatMap((word) => faultOf(word, input) ?? [])
  if (words.filter((word) => word === '-').length > 1) faults.push('stdin can be read only once')
  if (faults.length === 0) return
  const more = faults.length - shownFaults
  throw new UsageError([...faults.slice(0, shownFaults), ...(more > 0 ? [`${more} more`] : [])].join('; '))
}

function faultOf(word: string, input: Session['input']): string | undefined {
  if (word === '-')
    return 'isTTY' in input && input.isTTY ? 'stdin is the terminal: pipe a file into it' : undefined
  try {
    const found = statSync(word)
    if (found.isDirectory()) return `${word} is a folder: name its files, such as ${path.join(word, '*.pdf')}`
    accessSync(word, constants.R_OK)
    return undefined
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return `there is no file ${word}`
    return `${word} cannot be read${code === 'EACCES' ? ': permission denied' : ` (${String(code)})`}`
  }
}

/** Opens files to work on. What is no file on a disk, such as stdin or a pipe, is copied into one first. */
export async function openInputs(
  words: readonly string[],
  { input, signal }: Pick<Session, 'input' | 'signal'>,
): Promise<Inputs> {
  const isKept = (word: string) => word !== '-' && statSync(word).isFile()
  if (words.every(isKept))
    return { files: words.map((word) => ({ path: word, name: displayName(word) })), close: async () => {} }
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-in-'))
  const close = () => rm(folder, { recursive: true, force: true })
  try {
    const files: Input[] = []
    for (const [index, word] of words.entries()) {
      if (isKept(word)) files.push({ path: word, name: displayName(word) })
      else
        files.push(
          await copied(
            word === '-' ? input : createReadStream(word),
            path.join(folder, String(index)),
            word,
            signal,
          ),
        )
    }
    return { files, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Copies into a folder of its own, as the service is told the file by the last part of its path. */
async function copied(
  from: Session['input'],
  folder: string,
  word: string,
  signal: AbortSignal,
): Promise<Input> {
  await mkdir(folder)
  const copy = path.join(folder, 'copy')
  await pipeline(from, createWriteStream(copy), { signal })
  const stem = word === '-' ? 'stdin' : displayName(word)
  const name = (await isPdf(copy)) && !/\.pdf$/i.test(stem) ? `${stem}.pdf` : stem
  const named = path.join(folder, name)
  await rename(copy, named)
  return { path: named, name }
}

async function isPdf(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(5), 0, 5, 0)
    return buffer.subarray(0, bytesRead).toString('latin1') === '%PDF-'
  } finally {
    await handle.close()
  }
}
