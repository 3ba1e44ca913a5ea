import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { EngineContext } from '@pdf-smaller/engines'
import { type Outcome, roundTrip } from './one-file.ts'

/** Figures of a collection of files. */
type Figures = Record<
  | 'files'
  | 'read'
  | 'mended'
  | 'refused'
  | 'thrown'
  | 'objects same'
  | 'pages same'
  | 'qpdf no worse'
  | 'faults'
  | 'median ms'
  | '99 % ms'
  | 'most MB',
  number
>

/**
 * Reads, writes and compares every PDF below folders, and prints what came of each folder and every fault.
 * @param json the file that all outcomes are written to
 * @returns whether there was no fault: a change, an error that is no failure, or a file refused that two others read
 */
export async function checkFiles(folders: readonly string[], json: string | undefined): Promise<boolean> {
  const cwd = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-reader-'))
  const all: { folder: string; outcomes: Outcome[] }[] = []
  try {
    for (const folder of folders) all.push({ folder, outcomes: await outcomesOf(folder, contextIn(cwd)) })
  } finally {
    await rm(cwd, { recursive: true, force: true })
  }
  console.table(Object.fromEntries(all.map(({ folder, outcomes }) => [folder, figuresOf(outcomes)])))
  if (json !== undefined) await writeFile(json, JSON.stringify(all, undefined, 1))
  return all.every(({ outcomes }) => outcomes.every((each) => faultOf(each) === undefined))
}

const contextIn = (cwd: string): EngineContext => ({
  cwd,
  signal: new AbortController().signal,
  memoryBytes: 2 ** 30,
  cores: 1,
  core: (work) => work(),
})

async function outcomesOf(folder: string, context: EngineContext): Promise<Outcome[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.pdf$/i.test(name)).sort()
  const outcomes: Outcome[] = []
  for (const name of names) {
    const outcome = await roundTrip(path.join(folder, name), context)
    const fault = faultOf(outcome)
    if (fault !== undefined) console.log(`FAULT ${name}: ${fault}`)
    outcomes.push(outcome)
    if (outcomes.length % 500 === 0) console.log(`${outcomes.length} of ${names.length} in ${folder}`)
  }
  return outcomes
}

/** What is wrong with an outcome, in words; undefined where nothing is. */
function faultOf(outcome: Outcome): string | undefined {
  switch (outcome.kind) {
    case 'thrown':
      return outcome.why
    case 'refused':
      return outcome.others.length >= 2 && isOurFault(outcome.code)
        ? `${outcome.code}, ${outcome.why}, where ${outcome.others.join(' and ')} read it`
        : undefined
    case 'read': {
      const [changed, ...more] = outcome.changed
      const told = changed === undefined ? [] : [`${changed.slice(0, 400)} (and ${more.length} more)`]
      const all = [...told, ...outcome.faults]
      return all.length > 0 ? all.join('; ') : undefined
    }
    default:
      return outcome satisfies never
  }
}

/** What is locked or too large is refused on purpose. */
const isOurFault = (code: string) => code === 'damaged_pdf' || code === 'not_a_pdf'

function figuresOf(outcomes: readonly Outcome[]): Figures {
  const read = outcomes.filter((each) => each.kind === 'read')
  const count = <T>(items: readonly T[], holds: (item: T) => boolean) => items.filter(holds).length
  return {
    files: outcomes.length,
    read: read.length,
    mended: count(read, ({ repairs }) => repairs.length > 0),
    refused: count(outcomes, ({ kind }) => kind === 'refused'),
    thrown: count(outcomes, ({ kind }) => kind === 'thrown'),
    'objects same': count(read, ({ changed }) => changed.length === 0),
    'pages same': count(read, ({ faults }) => !faults.some((each) => !each.startsWith('qpdf'))),
    'qpdf no worse': count(read, ({ faults }) => !faults.some((each) => each.startsWith('qpdf'))),
    faults: count(outcomes, (each) => faultOf(each) !== undefined),
    'median ms': quantile(
      outcomes.map(({ processorMs }) => processorMs),
      0.5,
    ),
    '99 % ms': quantile(
      outcomes.map(({ processorMs }) => processorMs),
      0.99,
    ),
    'most MB': Math.round(Math.max(0, ...outcomes.map(({ memoryBytes }) => memoryBytes)) / 1e6),
  }
}

/** The number that a part of all numbers are below, with one digit. */
function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return Math.round((sorted[Math.floor(part * (sorted.length - 1))] ?? 0) * 10) / 10
}
