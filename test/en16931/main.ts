import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { readXml } from '@pdf-smaller/extraction'
import { invoices } from './invoices.ts'

/**
 * Has the official rules of EN 16931 (CEN/TC 434) judge made e-invoices, sound and broken, and compares what they say with
 * the project's own checks. Usage: node test/en16931/main.ts [file.xml …]. Needs Java 17 and Maven, which fetches the
 * rules and Saxon once. Without them nothing was checked, and it ends with 1.
 */
const library = path.join(homedir(), '.cache/pdf-smaller/en16931')
/** Sums that both check to the cent. */
const exact = ['BR-CO-10', 'BR-CO-11', 'BR-CO-12', 'BR-CO-13', 'BR-CO-14', 'BR-CO-15', 'BR-CO-16', 'BR-29']
/** VAT, where the official rules allow a whole unit of currency: what they refuse must be refused here. */
const wider = ['BR-CO-17', 'BR-S-08', 'BR-Z-08', 'BR-E-08', 'BR-AE-08', 'BR-IC-08', 'BR-G-08', 'BR-O-08']

const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-en16931-'))
try {
  const files = process.argv.slice(2)
  for (const { name, xml } of invoices()) {
    const file = path.join(folder, `${name}.xml`)
    await writeFile(file, xml)
    files.push(file)
  }
  fetchRules()
  const official = judge(files)
  let wrong = 0
  for (const file of files) wrong += await compare(file, official.get(file) ?? [])
  const refused = [...official.values()].filter((ids) => ids.some((id) => [...exact, ...wider].includes(id)))
  console.log(
    `${files.length} invoices, ${refused.length} with wrong sums, ${wrong} judged otherwise than officially`,
  )
  if (wrong > 0 || refused.length === 0 || official.size !== files.length) process.exitCode = 1
} finally {
  await rm(folder, { recursive: true, force: true })
}

function fetchRules(): void {
  if (existsSync(library)) return
  const pom = path.join(import.meta.dirname, 'pom.xml')
  run('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${library}`])
}

function judge(files: string[]): Map<string, string[]> {
  const program = path.join(import.meta.dirname, 'Validate.java')
  const lines = run('java', ['-cp', path.join(library, '*'), program, ...files])
    .trim()
    .split('\n')
  return new Map(
    lines.map((line) => {
      const [file = '', ids = ''] = line.split('\t')
      return [file, ids.split(',').filter((id) => id !== '')]
    }),
  )
}

/** An invoice without lines breaks BR-16, and officially all that is summed over lines; here that is not checkable. */
const needsLines = (id: string) => id === 'BR-CO-10' || id.endsWith('-08')

async function compare(file: string, broken: string[]): Promise<number> {
  const official = broken.includes('BR-16') ? broken.filter((id) => !needsLines(id)) : broken
  const { document } = readXml(await readFile(file))
  const own = document.checks.filter(({ passed }) => passed === false).map(({ id }) => id)
  const differing = [
    ...exact.filter((id) => official.includes(id) !== own.includes(id)),
    ...wider.filter((id) => official.includes(id) && !own.includes(id)),
  ]
  const sums = official.filter((id) => [...exact, ...wider].includes(id))
  if (document.reconciled === true && sums.length > 0) differing.push('reconciled')
  const told = `officially ${official.join(' ') || 'sound'}; here ${own.join(' ') || 'sound'}, reconciled ${document.reconciled}`
  console.log(`${differing.length > 0 ? 'DIFFERS ' : ''}${path.basename(file)}: ${told}`)
  return differing.length > 0 ? 1 : 0
}

function run(program: string, options: string[]): string {
  const { status, error, stdout } = spawnSync(program, options, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 26,
  })
  if (error || status !== 0) {
    const why = error?.message ?? `it ended with ${status}`
    throw new Error(
      `Nothing was checked, as ${program} did not run: ${why}. Java 17 and Maven have to be installed`,
    )
  }
  return stdout
}
