import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { judge, mean, type Original, type Verdict } from './judge.ts'
import { yardstick } from './peers.ts'
import type { Made, Tool } from './tools.ts'

/** What a tool made of a set of files. */
export type Row = {
  set: string
  tool: string
  /** Geometric mean of the sizes after by those before. */
  geomean: number
  ssim: number
  worstTile: number
  damaged: number
  larger: number
  /** Files that the tool gave no result for; they count as they were. */
  failed: number
  cpuSeconds: number
  /** The most memory that all its processes held at once for any file, bytes. */
  peakBytes: number
  files: (Verdict & Made & { name: string })[]
}

export async function measure(
  set: string,
  files: readonly string[],
  originals: readonly Original[],
  tool: Tool,
): Promise<Row> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-bench-'))
  try {
    const { cpuSeconds, made } = await tool.compress(files, folder)
    const verdicts: Row['files'] = []
    for (const [index, file] of files.entries()) {
      const name = path.basename(file)
      const [before, took] = [originals[index], made.get(name)]
      if (before && took) verdicts.push({ name, ...took, ...(await judge(before, path.join(folder, name))) })
    }
    return {
      set,
      tool: tool.name,
      geomean: geometricMean(verdicts.map(({ ratio }) => ratio)),
      ssim: mean(verdicts.map((each) => each.ssim)),
      worstTile: Math.min(...verdicts.map((each) => each.worstTile)),
      damaged: verdicts.filter(({ damage }) => damage.length > 0).length,
      larger: verdicts.filter(({ ratio }) => ratio > 1).length,
      failed: verdicts.filter(({ ok }) => !ok).length,
      cpuSeconds,
      peakBytes: Math.max(...verdicts.map((each) => each.peakBytes)),
      files: verdicts,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const geometricMean = (values: readonly number[]) => Math.exp(mean(values.map((each) => Math.log(each))))

const columns = ['out/in', 'SSIM', 'worst tile', 'damaged', 'larger', 'failed', 'CPU s', 'peak MB']
const ratios = [`size by ${yardstick}`, `CPU by ${yardstick}`]
export const head = `| ${['level or tool', ...columns, ...ratios].join(' | ')} |\n|${'---|'.repeat(columns.length + ratios.length + 1)}\n`

/** A row of the table. @param beside what the yardstick made of the same files */
export function line(row: Row, beside: Row | undefined): string {
  const by = (value: number, other: number | undefined) => (other ? (value / other).toFixed(2) : '–')
  const cells = [
    row.tool,
    ...[row.geomean, row.ssim, row.worstTile].map((each) => each.toFixed(3)),
    row.damaged,
    row.larger,
    row.failed,
    row.cpuSeconds.toFixed(1),
    Math.round(row.peakBytes / 1e6),
    by(row.geomean, beside?.geomean),
    by(row.cpuSeconds, beside?.cpuSeconds),
  ]
  return `| ${cells.join(' | ')} |\n`
}

/** What a tool damages, and in how many files. */
export function damages({ tool, files }: Row): string {
  const kinds = new Map<string, number>()
  for (const kind of files.flatMap(({ damage }) => damage)) {
    const short = kind.split(':')[0] ?? kind
    kinds.set(short, (kinds.get(short) ?? 0) + 1)
  }
  const told = Array.from(kinds, ([kind, times]) => `${kind} (${times})`)
  return told.length > 0 ? `${tool} damages ${told.join(', ')}\n` : ''
}

const clearlySmaller = 0.75

/** The files of which the yardstick makes less than three quarters of what a row made. */
export function losing(row: Row, beside: Row | undefined): string {
  const lines = row.files.flatMap(({ name, ratio, cpuSeconds }) => {
    const other = beside?.files.find((each) => each.name === name)
    if (!other || other.ratio >= ratio * clearlySmaller) return []
    const harm = other.damage.length > 0 ? `, damaged: ${other.damage.join(', ')}` : ''
    const ours = `${row.tool} ${ratio.toFixed(3)} in ${cpuSeconds.toFixed(1)} s`
    return [
      `${name}: ${ours}, ${yardstick} ${other.ratio.toFixed(3)} in ${other.cpuSeconds.toFixed(1)} s${harm}\n`,
    ]
  })
  return lines.join('')
}
