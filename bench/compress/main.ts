import { writeFile } from 'node:fs/promises'
import { machine } from '../machine.ts'
import { original } from './judge.ts'
import { longScanTable, measureLongScans } from './long-scans.ts'
import { madeScanTable, measureMadeScans } from './made-scans.ts'
import { yardstick } from './peers.ts'
import { damages, head, line, losing, measure, type Row } from './rows.ts'
import { type FileSet, fileSets } from './sets.ts'
import { type Tool, tools } from './tools.ts'

/**
 * Compresses files with every level and with every peer installed, and says what came of them: `[FOLDER…]`, or the sets
 * of `fileSets`; names of levels and peers choose among those, `--ours` leaves the peers out. `--scans` measures only
 * the made scans, `--long` also long ones, and a name ending in `.json` takes the figures.
 */
const flags = process.argv.slice(2)
const { installed, missing } = await tools()
const named = installed.filter(({ name }) => flags.includes(name))
const chosen =
  named.length > 0 ? named : installed.filter(({ isOurs }) => isOurs || !flags.includes('--ours'))
const inOrder = chosen.toSorted((a, b) => Number(b.name === yardstick) - Number(a.name === yardstick))
if (missing.length > 0) process.stdout.write(`not installed, left out: ${missing.join('; ')}\n`)

const onlyScans = flags.includes('--scans')
const sets = onlyScans ? [] : await fileSets(flags)
const rows: Row[] = []
for (const set of sets) rows.push(...(await measureSet(set, inOrder)))
// A folder of one's own is asked about alone.
const isGeneral = onlyScans || sets.some(({ name }) => name === 'examples')
const scans = isGeneral ? await measureMadeScans() : []
if (isGeneral) process.stdout.write(`\n${madeScanTable(scans)}\n\n${JSON.stringify(scans)}\n`)
const long = flags.includes('--long') ? await measureLongScans() : []
if (long.length > 0) process.stdout.write(`\n${longScanTable(long)}\n`)
process.stdout.write(`\n${new Date().toISOString().slice(0, 10)}, ${machine}\n`)
const out = flags.find((flag) => flag.endsWith('.json'))
if (out)
  await writeFile(
    out,
    JSON.stringify({ date: new Date().toISOString(), machine, rows, scans, long }, undefined, 2),
  )

async function measureSet({ name, files }: FileSet, using: readonly Tool[]): Promise<Row[]> {
  const originals = await Promise.all(files.map(original))
  process.stdout.write(`\n${name}: ${files.length} files\n\n${head}`)
  const measured: Row[] = []
  for (const tool of using) {
    const row = await measure(name, files, originals, tool)
    measured.push(row)
    process.stdout.write(
      line(
        row,
        measured.find((each) => each.tool === yardstick),
      ),
    )
  }
  process.stdout.write(`\n${measured.map(damages).join('')}`)
  const beside = measured.find((each) => each.tool === yardstick)
  const behind = measured.filter((each) => using.some((tool) => tool.isOurs && tool.name === each.tool))
  process.stdout.write(`\n${behind.map((row) => losing(row, beside)).join('')}`)
  return measured
}
