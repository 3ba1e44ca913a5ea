import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { longScanTable, measureLongScans } from './long-scans.ts'
import { madeScanTable, measureMadeScans } from './made-scans.ts'
import { judge, mean, type Original, original, type Verdict } from './judge.ts'
import { type Tool, tools } from './tools.ts'
import { machine } from '../machine.ts'

/** Compresses the examples, and the corpus of real files where it is there, with every level and every tool installed. */
const root = path.join(import.meta.dirname, '../..')
const flags = process.argv.slice(2)
/** Only the made scans: a quick look at what is lost of what is read. */
const isQuick = flags.includes('--scans')
const pdfsIn = (folder: string, pattern: RegExp) =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => pattern.test(name) && name.endsWith('.pdf'))
    .map((name) => path.join(folder, name))
const sets = [
  { name: 'corpus', files: pdfsIn(path.join(root, '../shared/corpus'), /^(scan|image|text|form|mixed)-/) },
  { name: 'examples', files: pdfsIn(path.join(root, 'examples'), /./) },
].filter(
  ({ name, files }) => !isQuick && files.length > 0 && (!flags.includes('--examples') || name === 'examples'),
)

const chosen = (await tools()).filter(({ level }) => !flags.includes('--ours') || level)
const only = flags.filter((flag) => chosen.some(({ name }) => name === flag))

type Row = {
  set: string
  tool: string
  geomean: number
  ssim: number
  worstTile: number
  damaged: number
  larger: number
  /** Files that the tool gave no result for; they count as they were. */
  failed: number
  cpuSeconds: number
  files: (Verdict & { name: string })[]
}

async function measure(
  set: string,
  files: readonly string[],
  originals: Original[],
  tool: Tool,
): Promise<Row> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-bench-'))
  try {
    const { cpuSeconds, failed } = await tool.compress(files, folder)
    const verdicts: Row['files'] = []
    for (const [index, file] of files.entries()) {
      const before = originals[index]
      const name = path.basename(file)
      if (before) verdicts.push({ name, ...(await judge(before, path.join(folder, name))) })
    }
    return {
      set,
      tool: tool.name,
      geomean: Math.exp(mean(verdicts.map(({ ratio }) => Math.log(ratio)))),
      ssim: mean(verdicts.map((each) => each.ssim)),
      worstTile: Math.min(...verdicts.map((each) => each.worstTile)),
      damaged: verdicts.filter(({ damage }) => damage.length > 0).length,
      larger: verdicts.filter(({ ratio }) => ratio > 1).length,
      failed,
      cpuSeconds,
      files: verdicts,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const rows: Row[] = []
for (const { name, files } of sets) {
  const originals = await Promise.all(files.map(original))
  process.stdout.write(`\n${name}: ${files.length} files\n\n`)
  process.stdout.write(
    '| level or tool | out/in | SSIM | worst tile | damaged | larger | failed | CPU s |\n|---|---|---|---|---|---|---|---|\n',
  )
  for (const tool of chosen.filter((each) => only.length === 0 || only.includes(each.name))) {
    const row = await measure(name, files, originals, tool)
    rows.push(row)
    const { geomean, ssim, worstTile, damaged, larger, failed, cpuSeconds } = row
    const cells = [
      tool.name,
      ...[geomean, ssim, worstTile].map((each) => each.toFixed(3)),
      damaged,
      larger,
      failed,
    ]
    process.stdout.write(`| ${[...cells, cpuSeconds.toFixed(1)].join(' | ')} |\n`)
  }
}
const scans = await measureMadeScans()
process.stdout.write(`\n${madeScanTable(scans)}\n\n${JSON.stringify(scans)}\n`)
const long = flags.includes('--long') ? await measureLongScans() : []
if (long.length > 0) process.stdout.write(`\n${longScanTable(long)}\n`)
process.stdout.write(`\n${new Date().toISOString().slice(0, 10)}, ${machine}\n`)
const out = flags.find((flag) => flag.endsWith('.json'))
if (out)
  await writeFile(
    out,
    JSON.stringify({ date: new Date().toISOString(), machine, rows, scans, long }, undefined, 2),
  )
