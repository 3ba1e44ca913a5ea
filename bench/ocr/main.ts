import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { errorRate } from '@pdf-smaller/recognition/testing/error-rate'
import { foundWords } from '@pdf-smaller/recognition/testing/found-words'
import { isInstalled, runTimed } from '../compress/run.ts'
import { bilevelScan } from './bilevel-scan.ts'
import { amountsTable } from './amounts.ts'
import { machine } from '../machine.ts'
import { longScanTable } from './long-scans.ts'

/**
 * Makes scans searchable beside OCRmyPDF, two pages at a time each, and counts the amounts found on 40 made scans.
 * Further versions of it are named as arguments: npm run bench:ocr -- /path/to/venv/bin/ocrmypdf. With --quick each runs
 * once, and amounts are counted by default and by the engine alone only; with --long a scan of 1,000 pages is read, too.
 */
const execute = promisify(execFile)
const root = path.join(import.meta.dirname, '../..')
const corpus = path.join(root, '../shared/corpus')
const taskProcess = path.join(root, 'bench/conversion/task-process.ts')
const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-bench-'))
const gray = path.join(corpus, 'scan-own-walden-gray300-4p.pdf')
const bilevel = path.join(folder, 'bilevel.pdf')
await writeFile(bilevel, await bilevelScan(gray))

const rounds = process.argv.includes('--quick') ? 1 : 2

type Case = { title: string; file: string; pages: number; truth?: string }
const truth = (name: string) => path.join(corpus, `${name}.truth.txt`)
const cases: Case[] = [
  { title: 'gray, 300 dpi', file: gray, pages: 4, truth: truth('scan-own-walden-gray300-4p') },
  { title: 'black and white, 200 dpi', file: bilevel, pages: 4, truth: truth('scan-own-walden-gray300-4p') },
  {
    title: 'gray invoice, turned by 90°',
    file: path.join(corpus, 'inv-repair-scan-rot90.pdf'),
    pages: 3,
    truth: truth('inv-repair-scan-rot90'),
  },
  { title: 'colour letter, 300 dpi', file: path.join(root, 'examples/scan-colour.pdf'), pages: 2 },
  { title: 'fax', file: path.join(root, 'examples/fax.pdf'), pages: 2 },
]

type Made = { seconds: number; cpuSeconds: number; bytes: number; text: string }

async function ours(file: string, engine: string): Promise<Made> {
  const keep = await mkdtemp(path.join(folder, 'ours-'))
  const options = { sidecar: true, engine }
  const order = { task: 'ocr', files: [file], options }
  const { stdout } = await execute(
    process.execPath,
    [taskProcess, JSON.stringify({ ...order, rounds, keep })],
    { maxBuffer: 2 ** 26 },
  )
  // With what the process takes to start, as of the others.
  const once = JSON.stringify({ ...order, rounds: 1 })
  const { cpuSeconds } = await runTimed([process.execPath, taskProcess, once], 300)
  const { ms } = z.object({ ms: z.number() }).parse(JSON.parse(stdout))
  const names = await readdir(keep)
  const [pdf = '', text = ''] = ['.pdf', '.txt'].map((end) => names.find((name) => name.endsWith(end)) ?? '')
  return {
    seconds: ms / 1000,
    cpuSeconds,
    bytes: (await stat(path.join(keep, pdf))).size,
    text: await readFile(path.join(keep, text), 'utf8'),
  }
}

async function peer(program: string, file: string): Promise<Made> {
  const [pdf, text] = [path.join(folder, 'peer.pdf'), path.join(folder, 'peer.txt')]
  const args = ['-j2', '--skip-text', '--output-type', 'pdf', '--sidecar', text, file, pdf]
  let [seconds, cpuSeconds] = [Infinity, Infinity]
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now()
    const ran = await runTimed([program, ...args], 600)
    if (!ran.ok) throw new Error(`${program} failed on ${file}`)
    cpuSeconds = Math.min(cpuSeconds, ran.cpuSeconds)
    seconds = Math.min(seconds, (performance.now() - startedAt) / 1000)
  }
  return { seconds, cpuSeconds, bytes: (await stat(pdf)).size, text: await readFile(text, 'utf8') }
}

const peers: { name: string; program: string }[] = []
for (const program of ['ocrmypdf', ...process.argv.slice(2).filter((each) => !each.startsWith('--'))]) {
  if (!(await isInstalled(program))) continue
  const { stdout } = await execute(program, ['--version'])
  peers.push({ name: `OCRmyPDF ${stdout.trim()}`, program })
}

const head = [
  'scan',
  'by',
  'wall s',
  'CPU s',
  'pages a minute',
  'wrong letters',
  'words',
  'kB',
  'of the time of each OCRmyPDF',
]
const line = (cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`)
line(head)
line(head.map(() => '---'))
for (const { title, file, pages, truth } of cases) {
  const expected = truth === undefined ? undefined : await readFile(truth, 'utf8')
  const others = []
  for (const { name, program } of peers) others.push({ name, made: await peer(program, file) })
  const own = [
    { name: 'PDF Smaller, native', made: await ours(file, 'native') },
    { name: 'PDF Smaller, tesseract.js', made: await ours(file, 'javascript') },
  ]
  for (const { name, made } of [...own, ...others]) {
    const ratios = others.map((other) => (made.seconds / other.made.seconds).toFixed(2))
    const wrong = expected === undefined ? '' : `${(errorRate(made.text, expected) * 100).toFixed(2)} %`
    const words = expected === undefined ? '' : `${(foundWords(made.text, expected) * 100).toFixed(1)} %`
    const perMinute = ((pages * 60) / made.seconds).toFixed(0)
    line([
      title,
      name,
      made.seconds.toFixed(1),
      made.cpuSeconds.toFixed(1),
      perMinute,
      wrong,
      words,
      (made.bytes / 1000).toFixed(0),
      ratios.join(', '),
    ])
  }
}
process.stdout.write(`\n${await amountsTable(process.argv.includes('--quick'))}\n`)
if (process.argv.includes('--long')) process.stdout.write(`\n${await longScanTable(gray)}\n`)
process.stdout.write(`\n${new Date().toISOString().slice(0, 10)}, ${machine}\n`)
await rm(folder, { recursive: true, force: true })
