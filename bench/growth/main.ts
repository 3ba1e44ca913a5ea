import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { machine } from '../machine.ts'
import { type Figure, table } from '../table.ts'
import { measureDay } from './day.ts'
import { measureLists } from './list.ts'

/**
 * What many jobs cost: a day of them in the event store, and the lists of more.
 * `node bench/growth/main.ts [--jobs 1000000] [--rows 10000000] [--folder FOLDER] [FILE.json]`; 0 leaves a part out. It takes
 * about 4 GB of disk for a million jobs, and 23 GB for ten million rows.
 */
const given = (name: string) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}
const jobs = Number(given('jobs') ?? 1_000_000)
const rows = Number(given('rows') ?? 10_000_000)
const folder = given('folder') ?? tmpdir()

const figures: Figure[] = []
if (jobs > 0) figures.push(...(await measureDay(jobs)))
if (rows > 0) figures.push(...(await measureLists(rows, folder)))

process.stdout.write(`\n${new Date().toISOString().slice(0, 10)}, ${machine}\n\n${table(figures)}\n`)
const out = process.argv.find((argument) => argument.endsWith('.json'))
if (out)
  await writeFile(out, JSON.stringify({ date: new Date().toISOString(), machine, figures }, undefined, 2))
