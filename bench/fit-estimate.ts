import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { digestOfLevels } from '@pdf-smaller/compress/edition'
import { fontsAsUsed } from '@pdf-smaller/compress/fonts-as-used'
import { structureOf } from '@pdf-smaller/estimate'
import { digestOf, type Listed, listedFiles } from './estimates/files.ts'
import { headOfReport, reportOf } from './estimates/report.ts'
import { resultsOf } from './estimates/results.ts'
import type { Case } from './estimates/usual.ts'
import { fitLevel, type Said, saidOf } from './estimates/validate.ts'
import { writeConstants } from './estimates/write-constants.ts'

const usage = `node bench/fit-estimate.ts --files FOLDER --scratch FOLDER [--write] [--each] PDF…

Fits the constants of packages/estimate to what the levels make of the files of bench/estimates/files.tsv, which are looked
for in one folder; what the levels made of them stays in the other, so that a run can be broken off. Tells how good the
constants are: for each file when it and all of its family are left out, and for the examples and the PDFs that are named,
which are never part of the fit.`

const { values, positionals } = parseArgs({
  options: {
    files: { type: 'string' },
    scratch: { type: 'string' },
    write: { type: 'boolean', default: false },
    each: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
const { files: folder, scratch } = values
if (!folder || !scratch) throw new Error(usage)

const digest = digestOfLevels()
const fitted = await casesOf(await listedFiles(folder), scratch)
const examples = path.join(import.meta.dirname, '../examples')
const isPdf = (name: string) => name.endsWith('.pdf')
const shown = (await readdir(examples)).filter(isPdf).map((name) => path.join(examples, name))
const unseen = [
  { title: 'examples', cases: await casesOf(await named(shown), scratch) },
  { title: 'others', cases: await casesOf(await named(positionals), scratch) },
]

process.stdout.write(`${headOfReport}\n`)
const low = fitAt('low')
const medium = fitAt('medium')
const high = fitAt('high')
const maximum = fitAt('maximum')
if (values.write)
  await writeConstants({ low, medium, high, maximum }, { levels: digest, files: fitted.length })

function fitAt(level: 'low' | 'medium' | 'high' | 'maximum') {
  const { constants, said } = fitLevel(fitted, level)
  tell('left out of the fit', level, said)
  for (const { title, cases } of unseen) {
    if (cases.length > 0)
      tell(
        title,
        level,
        cases.map((each) => saidOf(each, constants, level)),
      )
  }
  return constants
}

function tell(title: string, level: 'low' | 'medium' | 'high' | 'maximum', said: readonly Said[]): void {
  process.stdout.write(`${reportOf(title, level, said)}\n`)
  const points = (share: number) => (share * 100).toFixed(1)
  for (const { name, result, least, likely, most } of values.each ? said : [])
    process.stdout.write(
      `  ${name}: ${points(result)}, said ${points(likely)} (${points(least)} to ${points(most)})\n`,
    )
}

async function named(paths: readonly string[]): Promise<Listed[]> {
  return Promise.all(
    paths.map(async (at) => ({
      name: path.basename(at),
      path: at,
      sha256: digestOf(await readFile(at)),
      family: at,
    })),
  )
}

/** Files that no level can do anything with are left out. */
async function casesOf(files: readonly Listed[], scratch: string): Promise<Case[]> {
  const results = await resultsOf(files, scratch, digest)
  const cases: Case[] = []
  for (const { name, family, path: at, sha256 } of files) {
    const bytes = results.get(sha256)
    if (bytes)
      cases.push({ name, family, structure: await structureOf(createReadStream(at), fontsAsUsed), bytes })
  }
  return cases
}
