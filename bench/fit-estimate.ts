import { createReadStream } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Constants, type Level, structureOf } from '@pdf-smaller/estimate'
import { type CompressedFile, compressedFiles } from './compressed-files.ts'
import { errorOf, fit } from './fit.ts'
import type { Sample } from './sample.ts'
import { imageVariants } from './image-variants.ts'

const usage = `node bench/fit-estimate.ts --scratch FOLDER [--scan PDF]… [--write] [--each] PDF…

Fits the constants of packages/estimate to what the real compression makes of the PDFs, and of scans of those named with
--scan; what it compresses stays in the scratch folder. Tells how good the constants are: for each file when it and all
that derives from it are left out, and for the examples, which are never part of the fit.`

/** A file of the fit; what derives from the same document shares its source. */
type Fitted = { source: string; name: string; samples: Record<Level, Sample> }
type ErrorsOfFile = { name: string; points: number[] }

/** Parts into which the documents are divided to leave out one of them at a time. */
const folds = 8
const levels: Level[] = ['low', 'medium', 'high', 'maximum']
const { values, positionals } = parseArgs({
  options: {
    scratch: { type: 'string' },
    scan: { type: 'string', multiple: true, default: [] },
    write: { type: 'boolean', default: false },
    each: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
if (!values.scratch || positionals.length === 0) throw new Error(usage)

const results = path.join(values.scratch, 'out')
const scans = await imageVariants(values.scan, path.join(values.scratch, 'synth'))
const folder = path.join(import.meta.dirname, '../examples')
const examples = (await readdir(folder))
  .filter((name) => name.endsWith('.pdf'))
  .map((name) => path.join(folder, name))
const fitted = await read(positionals)
const scanned = await read(scans)
const unseen = await read(examples)

const found = fitAll([...fitted, ...scanned])
if (values.write) await writeConstants(found)
process.stdout.write(
  '| files | count | level | median error | 9 of 10 below | worst |\n| --- | --- | --- | --- | --- | --- |\n',
)
tell('files, left out of the fit', leftOut(fitted))
tell('scans, left out of the fit', leftOut(scanned))
tell('examples', errorsOf(found, unseen))

async function read(files: readonly string[]): Promise<Fitted[]> {
  return Promise.all((await compressedFiles(files, results)).map(readOne))
}

async function readOne({ name, original, results }: CompressedFile): Promise<Fitted> {
  const structure = await structureOf(createReadStream(original))
  const sampleAt = async (level: Level) => ({
    structure,
    result: await structureOf(createReadStream(results[level])),
  })
  const [low, medium, high, maximum] = await Promise.all([
    sampleAt('low'),
    sampleAt('medium'),
    sampleAt('high'),
    sampleAt('maximum'),
  ])
  const source = name.replace(/(-\d+-\d+-\d)?\.pdf$/, '')
  return { name, source, samples: { low, medium, high, maximum } }
}

function fitAll(files: readonly Fitted[]): Record<Level, Constants> {
  const at = (level: Level) => fit(files.map(({ samples }) => samples[level]))
  return { low: at('low'), medium: at('medium'), high: at('high'), maximum: at('maximum') }
}

/** The errors for each file under constants that were fitted without it. */
function leftOut(files: readonly Fitted[]): ErrorsOfFile[] {
  const sources = [...new Set(files.map(({ source }) => source))]
  return Array.from({ length: folds }, (_, fold) =>
    sources.filter((_, index) => index % folds === fold),
  ).flatMap((left) => {
    const isLeft = ({ source }: Fitted) => left.includes(source)
    return errorsOf(fitAll([...fitted, ...scanned].filter((file) => !isLeft(file))), files.filter(isLeft))
  })
}

/** By how many hundredths of the file's size the estimates are too large. */
function errorsOf(constants: Record<Level, Constants>, files: readonly Fitted[]): ErrorsOfFile[] {
  return files.map(({ name, samples }) => ({
    name,
    points: levels.map((level) => errorOf(constants[level], samples[level]) * 100),
  }))
}

function tell(title: string, files: readonly ErrorsOfFile[]): void {
  const rows = levels.map((level, index) => {
    const sizes = files.map(({ points }) => Math.abs(points[index] ?? 0)).sort((one, other) => one - other)
    const at = (share: number) => (sizes[Math.floor((sizes.length - 1) * share)] ?? 0).toFixed(1)
    return `| ${title} | ${files.length} | ${level} | ${at(0.5)} | ${at(0.9)} | ${at(1)} |`
  })
  process.stdout.write(`${rows.join('\n')}\n`)
  for (const { name, points } of values.each ? files : [])
    process.stdout.write(`  ${name}: ${points.map((point) => point.toFixed(1)).join(' ')}\n`)
}

async function writeConstants(found: Record<Level, Constants>): Promise<void> {
  const rows = levels.map((level) => `  ${level}: ${rowOf(found[level])},`)
  const table = [
    "import type { Constants, Level } from './levels.ts'",
    '',
    '/** Fitted to the real compression by bench/fit-estimate.ts, which writes this file. */',
    '// prettier-ignore',
    'export const constants: Record<Level, Constants> = {',
    ...rows,
    '}',
    '',
  ]
  await writeFile(path.join(import.meta.dirname, '../packages/estimate/src/constants.ts'), table.join('\n'))
}

function rowOf(constants: Constants): string {
  const rounded = (value: number) => Number(value.toFixed(2))
  const cells = Object.entries(constants).map(([key, value]) =>
    typeof value === 'number' ? `${key}: ${rounded(value)}` : `${key}: [${value.map(rounded).join(', ')}]`,
  )
  return `{ ${cells.join(', ')} }`
}
