import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { JobFailure } from '@pdf-smaller/contracts'
import { makePdfA } from '@pdf-smaller/pdfa'
import { breaks, broken } from '@pdf-smaller/pdfa/testing/breaking'

/**
 * Makes PDF/A-2b of files (by default the examples) and of all that the tests break, and has veraPDF look at it.
 * Usage: node test/pdfa/main.ts [file …]. Needs Java 17 and Maven, which fetches veraPDF once.
 */
const library = path.join(homedir(), '.cache/pdf-smaller/verapdf')
const [wanted, root] = [process.argv.slice(2), path.resolve(import.meta.dirname, '../..')]
const folder = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-pdfa-'))
try {
  const files = wanted.length > 0 ? wanted : globSync(path.join(root, 'examples/*.pdf'))
  for (const { name, make } of breaks) {
    const file = path.join(folder, `${name.replaceAll(' ', '-')}.pdf`)
    await writeFile(file, broken(make))
    files.push(file)
  }
  const made: string[] = []
  for (const [index, file] of files.entries()) {
    const output = path.join(folder, `made-${index}-${path.basename(file)}`)
    if (await makes(file, output)) made.push(output)
  }
  if (!existsSync(library)) {
    const target = `-DoutputDirectory=${library}`
    const pom = path.join(import.meta.dirname, 'pom.xml')
    finish(
      spawnSync('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', target], { stdio: 'inherit' }),
    )
  }
  const program = path.join(import.meta.dirname, 'Validate.java')
  finish(spawnSync('java', ['-cp', path.join(library, '*'), program, ...made], { stdio: 'inherit' }))
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function makes(input: string, output: string): Promise<boolean> {
  const cwd = await mkdtemp(path.join(folder, 'work-'))
  const context = {
    cwd,
    signal: AbortSignal.timeout(300_000),
    memoryBytes: 2 ** 31,
    cores: availableParallelism(),
    core: <T>(work: () => Promise<T>) => work(),
  }
  try {
    const own = path.join(cwd, 'in.pdf')
    await cp(input, own)
    const { by, removed } = await makePdfA(own, output, context, () => {})
    console.log(
      `${path.basename(input)}: by ${by}${removed.length > 0 ? `, without ${removed.join(', ')}` : ''}`,
    )
    return true
  } catch (error) {
    if (!(error instanceof JobFailure)) throw error
    console.log(`${path.basename(input)}: ${error.message}`)
    return false
  }
}

function finish({ status, error }: { status: number | null; error?: Error }): void {
  if (error) throw error
  if (status !== 0) process.exitCode = 1
}
