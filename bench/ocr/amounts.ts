import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { runTimed, secondsIn } from '../compress/run.ts'
import { type AmountPage, amountScans } from './amount-scans.ts'
import { amountsIn, foundAmounts } from '@pdf-smaller/recognition/testing/amounts-in'

const execute = promisify(execFile)
const taskProcess = path.join(import.meta.dirname, '../conversion/task-process.ts')
const languages = ['eng']

/** Settings of the service that may find what the default does not. */
const settings: Readonly<Record<string, object>> = {
  default: {},
  'dpi 200': { dpi: 200 },
  'dpi 400': { dpi: 400 },
  deskew: { deskew: true },
}
/** Ways in which the engine alone divides a page, by its own numbers: columns, a column, a block, sparse text. */
const segmentations = ['3', '4', '6', '11']
const engineDpi = '300'

const Told = z.object({
  result: z.object({
    recognition: z.object({ unread: z.array(z.object({ page: z.int(), percent: z.number() })) }),
  }),
})

/** What was found on each page by a setting, how much of its print the result says is unread, and what that took. */
type Found = { counts: number[]; unread: ReadonlyMap<number, number>; cpuSeconds: number }

/**
 * Counts the amounts that are found on made scans, by default and by other settings, as a table and as JSON.
 * @param quick whether the default is compared with the engine alone only
 */
export async function amountsTable(quick: boolean): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-amounts-'))
  try {
    const { file, pages } = await amountScans(folder)
    const found: Record<string, Found> = {}
    for (const [name, options] of Object.entries(quick ? { default: {} } : settings))
      found[name] = await byService(file, pages, options, folder)
    for (const each of quick ? segmentations.slice(0, 1) : segmentations)
      found[`engine alone, psm ${each}`] = await byEngine(file, pages, each, folder)
    return `${tableOf(pages, found)}\n\n${JSON.stringify(jsonOf(pages, found))}`
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function byService(
  file: string,
  pages: readonly AmountPage[],
  options: object,
  folder: string,
): Promise<Found> {
  const keep = await mkdtemp(path.join(folder, 'read-'))
  const order = {
    task: 'ocr',
    files: [file],
    options: { languages, engine: 'native', ...options },
    rounds: 1,
    keep,
  }
  const command = [process.execPath, taskProcess, JSON.stringify(order)]
  const ended = await execute('bash', ['-c', '"$@"; times', 'bash', ...command], { maxBuffer: 2 ** 26 })
  const [told = '', ...times] = ended.stdout.split('\n')
  const [pdf = ''] = await readdir(keep)
  const text = await execute('pdftotext', ['-layout', path.join(keep, pdf), '-'], { maxBuffer: 2 ** 26 })
  const texts = text.stdout.split('\f')
  const { unread } = Told.parse(JSON.parse(told)).result.recognition
  return {
    counts: pages.map(({ amounts }, index) => foundAmounts(amountsIn(texts[index] ?? ''), amounts)),
    unread: new Map(unread.map(({ page, percent }) => [page, percent])),
    cpuSeconds: secondsIn(times.join('\n')),
  }
}

async function byEngine(
  file: string,
  pages: readonly AmountPage[],
  segmentation: string,
  folder: string,
): Promise<Found> {
  const counts: number[] = []
  let cpuSeconds = 0
  for (const [index, { amounts }] of pages.entries()) {
    const page = String(index + 1)
    const picture = path.join(folder, 'page')
    const drawing = ['-r', engineDpi, '-gray', '-tiff', '-singlefile', '-f', page, '-l', page]
    await execute('pdftoppm', [...drawing, file, picture])
    const command = ['tesseract', `${picture}.tif`, picture, '--dpi', engineDpi, '--psm', segmentation]
    const { cpuSeconds: took } = await runTimed(['env', 'OMP_THREAD_LIMIT=1', ...command], 600)
    cpuSeconds += took
    const { stdout } = await execute('cat', [`${picture}.txt`], { maxBuffer: 2 ** 26 })
    counts.push(foundAmounts(amountsIn(stdout), amounts))
  }
  return { counts, unread: new Map(), cpuSeconds }
}

function tableOf(pages: readonly AmountPage[], found: Readonly<Record<string, Found>>): string {
  const columns = Object.entries(found)
  const rows = pages.map(({ title, amounts }, index) => [
    title,
    String(amounts.length),
    ...columns.map(([, { counts }]) => String(counts[index])),
    `${found['default']?.unread.get(index + 1) ?? 0} %`,
  ])
  const sums = columns.map(([, { counts }]) => String(counts.reduce((sum, count) => sum + count, 0)))
  const all = pages.reduce((sum, { amounts }) => sum + amounts.length, 0)
  return [
    ['page', 'amounts', ...columns.map(([name]) => name), 'told unread by default'],
    ['---', ...columns.map(() => '---'), '---', '---'],
    ...rows,
    ['all', String(all), ...sums, ''],
    ['CPU s', '', ...columns.map(([, { cpuSeconds }]) => cpuSeconds.toFixed(0)), ''],
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

/** With the pages on which a setting finds more than the default. */
function jsonOf(pages: readonly AmountPage[], found: Readonly<Record<string, Found>>) {
  const byDefault = found['default']?.counts ?? []
  return {
    pages: pages.map(({ title, amounts }, index) => ({
      title,
      amounts: amounts.length,
      found: Object.fromEntries(Object.entries(found).map(([name, { counts }]) => [name, counts[index]])),
    })),
    lost: pages.flatMap(({ title }, index) => {
      const most = Math.max(...Object.values(found).map(({ counts }) => counts[index] ?? 0))
      return most > (byDefault[index] ?? 0) ? [{ title, byDefault: byDefault[index], most }] : []
    }),
  }
}
