import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { type Command, linksAndEntries, measureCommand, measureTask, type Took } from './measure.ts'
import { machine } from '../machine.ts'

/** Runs each conversion task beside the bare commands that do the same, or part of it. */
const handbook = path.join(import.meta.dirname, '../../examples/handbook.pdf')
const quick = process.argv.includes('--quick')
const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-bench-files-'))
const made = (name: string, ...pages: string[]): string => {
  const file = path.join(folder, name)
  execFileSync('qpdf', ['--empty', '--pages', ...pages, '--', file])
  return file
}

const fourteen = made('fourteen.pdf', handbook, '1-14')
const twenty = made('twenty.pdf', handbook, '1-20')
const thousand = made('thousand.pdf', ...Array.from({ length: 50 }, () => [twenty, '1-z']).flat())
const copies = Array.from({ length: 10 }, () => handbook)
const many = Array.from({ length: 50 }, () => twenty)
const rounds = quick ? 2 : 5

const gs = (device: string, ...more: string[]) =>
  `gs -q -dSAFER -dBATCH -dNOPAUSE -sDEVICE=${device} ${more.join(' ')}`.split(' ')
const smooth = ['-dTextAlphaBits=4', '-dGraphicsAlphaBits=4']
const merged = (name: string, ...args: string[]): Command => ({
  name,
  args,
  kept: (folder) => linksAndEntries(path.join(folder, 'out.pdf')),
})

const Kept = z.looseObject({
  kept: z.looseObject({ links: z.looseObject({ kept: z.int() }), outline: z.looseObject({ kept: z.int() }) }),
})
const keptOf = (result: unknown) => {
  const { links, outline } = Kept.parse(result).kept
  return `${links.kept} links, ${outline.kept} entries of the parts`
}
const nothing = () => ''

type Case = {
  title: string
  task: string
  files: string[]
  options: object
  kept: typeof keptOf
  others: Command[]
}

const cases: Case[] = [
  {
    title: '14 pages as PNG at 300 dpi',
    task: 'convert-to-images',
    files: [fourteen],
    options: { dpi: 300 },
    kept: nothing,
    others: [
      { name: 'pdftoppm -png', args: ['pdftoppm', '-r', '300', '-png', fourteen, '{}/page'] },
      { name: 'gs png16m', args: gs('png16m', '-r300', ...smooth, '-sOutputFile={}/%d.png', fourteen) },
      {
        name: 'mutool draw -T 2',
        args: ['mutool', 'draw', '-T', '2', '-r', '300', '-o', '{}/%d.png', fourteen],
      },
    ],
  },
  {
    title: '14 pages as JPEG at 150 dpi',
    task: 'convert-to-images',
    files: [fourteen],
    options: { dpi: 150, format: 'jpeg' },
    kept: nothing,
    others: [
      {
        name: 'pdftoppm -jpeg',
        args: ['pdftoppm', '-r', '150', '-jpeg', '-jpegopt', 'quality=85', fourteen, '{}/page'],
      },
      { name: 'gs jpeg', args: gs('jpeg', '-r150', ...smooth, '-sOutputFile={}/%d.jpg', fourteen) },
    ],
  },
  {
    title: 'merge of 10 files with 730 links and 520 entries',
    task: 'merge',
    files: copies,
    options: {},
    kept: keptOf,
    others: [
      merged('qpdf --pages', 'qpdf', '--empty', '--pages', ...copies, '--', '{}/out.pdf'),
      merged('pdfunite', 'pdfunite', ...copies, '{}/out.pdf'),
      merged('gs pdfwrite', ...gs('pdfwrite', '-sOutputFile={}/out.pdf', ...copies)),
      merged('pdftk', 'pdftk', ...copies, 'cat', 'output', '{}/out.pdf'),
    ],
  },
  {
    title: 'merge of 50 files of 20 pages',
    task: 'merge',
    files: many,
    options: {},
    kept: keptOf,
    others: [
      merged('qpdf --pages', 'qpdf', '--empty', '--pages', ...many, '--', '{}/out.pdf'),
      merged('pdfunite', 'pdfunite', ...many, '{}/out.pdf'),
    ],
  },
  {
    title: 'split of 1,000 pages into 1,000 files',
    task: 'split',
    files: [thousand],
    options: {},
    kept: nothing,
    others: [
      { name: 'qpdf --split-pages', args: ['qpdf', '--split-pages', thousand, '{}/%d.pdf'] },
      { name: 'pdfseparate', args: ['pdfseparate', thousand, '{}/%d.pdf'] },
    ],
  },
]

const cell = ({ name, seconds, cpuSeconds, peakMb, kept = '' }: Took) =>
  `| ${[name, seconds.toFixed(2), cpuSeconds.toFixed(2), peakMb?.toFixed(0) ?? '', kept].join(' | ')} |\n`

for (const { title, task, files, options, kept, others } of cases) {
  process.stdout.write(`\n${title}\n\n| by | wall s | CPU s | peak MB | kept |\n|---|---|---|---|---|\n`)
  process.stdout.write(cell(await measureTask(task, files, options, rounds, kept)))
  for (const other of others) {
    const took = await measureCommand(other, quick ? 1 : 2)
    if (took) process.stdout.write(cell(took))
  }
}
process.stdout.write(`\n${new Date().toISOString().slice(0, 10)}, ${machine}\n`)
await rm(folder, { recursive: true, force: true })
