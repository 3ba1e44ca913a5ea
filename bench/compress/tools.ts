import { copyFile } from 'node:fs/promises'
import path from 'node:path'
import { isInstalled, runTimed } from './run.ts'

/** Something that makes PDFs smaller: it writes a result for each file, under the same name, to a folder. */
export type Tool = {
  name: string
  /** The level it is compared with; undefined where it has none. */
  level?: string
  compress: (files: readonly string[], folder: string) => Promise<{ cpuSeconds: number; failed: number }>
}

const limitSeconds = 120
const levels = ['low', 'medium', 'high', 'maximum'] as const

const ours = (level: string): Tool => ({
  name: level,
  level,
  compress: async (files, folder) => {
    const program = path.join(import.meta.dirname, 'compress-files.ts')
    const command = [process.execPath, program, level, folder, ...files]
    const { cpuSeconds, ok } = await runTimed(command, limitSeconds * files.length)
    if (!ok) throw new Error(`not all files could be compressed at the level ${level}`)
    return { cpuSeconds, failed: 0 }
  },
})

/** A command for each file; what it can't do leaves the file as it was. */
const other = (name: string, command: (input: string, output: string) => string[]): Tool => ({
  name,
  compress: async (files, folder) => {
    let [cpuSeconds, failed] = [0, 0]
    for (const file of files) {
      const output = path.join(folder, path.basename(file))
      const ran = await runTimed(command(file, output), limitSeconds)
      cpuSeconds += ran.cpuSeconds
      if (ran.ok) continue
      failed++
      await copyFile(file, output)
    }
    return { cpuSeconds, failed }
  },
})

const ghostscript = (preset: string) =>
  other(`gs /${preset}`, (input, output) => {
    const usual = ['-q', '-dNOPAUSE', '-dBATCH', '-dSAFER', '-sDEVICE=pdfwrite']
    return ['gs', ...usual, `-dPDFSETTINGS=/${preset}`, `-sOutputFile=${output}`, input]
  })

const rewriting = [
  '--warning-exit-0',
  '--object-streams=generate',
  '--recompress-flate',
  '--compression-level=9',
  '--optimize-images',
]
const optimising = ['--output-type', 'pdf', '--optimize', '3', '--skip-text', '--tesseract-timeout', '0']
const others: readonly (Tool & { program: string })[] = [
  { program: 'gs', ...ghostscript('printer') },
  { program: 'gs', ...ghostscript('ebook') },
  { program: 'gs', ...ghostscript('screen') },
  {
    program: 'qpdf',
    ...other('qpdf, recompressed', (input, output) => ['qpdf', ...rewriting, input, output]),
  },
  {
    program: 'ocrmypdf',
    ...other('ocrmypdf --optimize 3', (input, output) => ['ocrmypdf', ...optimising, input, output]),
  },
  { program: 'pdfsizeopt', ...other('pdfsizeopt', (input, output) => ['pdfsizeopt', input, output]) },
]

/** The levels of this project and the tools that are installed. */
export async function tools(): Promise<Tool[]> {
  const found = await Promise.all(
    others.map(async (tool) => ((await isInstalled(tool.program)) ? [tool] : [])),
  )
  return [...levels.map(ours), ...found.flat()]
}
