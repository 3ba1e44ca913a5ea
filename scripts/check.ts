import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { startVitest } from 'vitest/node'
import { z } from 'zod'
import { provideControlPlane } from './provision/control-plane.ts'
import { closingLine, countingReporter, type Counts } from './closing-line.ts'

/** What has to hold beside the tests: scripts of package.json, the quickest first. */
const checks = ['format:check', 'lint', 'types', 'boundaries']
/** The tests of `npm test`, by their projects; those on a control plane of Kubernetes are asked for by a flag. */
const suite = ['unit', 'contract', 'e2e']
const onCluster = ['cluster']

const root = path.resolve(import.meta.dirname, '..')
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')))

const flags = { '--cluster': onCluster, '--all': [...suite, ...onCluster] }
const { projects, wanted } = read(process.argv.slice(2))
// It takes minutes where it is not there yet, and nothing but the last tests needs it.
const building = projects.includes('cluster') ? provideControlPlane().catch(tell) : undefined
const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
const failedChecks = wanted.length > 0 || projects === onCluster ? [] : checks.filter((name) => !holds(name))
const own = projects.filter((name) => suite.includes(name))
if (own.length > 0) await runTests(own)
if (building) {
  await building
  await runTests(onCluster)
}
counts.failed += failedChecks.length
if (failedChecks.length > 0) console.log(`Checks that do not hold: ${failedChecks.join(', ')}`)
console.log(closingLine(counts))
// Handles that a failed test left open must not keep the run alive.
process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : 0)

/** Which tests are to be run. Names of test files, or parts of them: only those then, without the other checks. */
function read(given: string[]): { projects: string[]; wanted: string[] } {
  const [flag = '', ...wanted] = given
  return flag === '--cluster' || flag === '--all'
    ? { projects: flags[flag], wanted }
    : { projects: suite, wanted: given }
}

/** Runs the tests of projects. Where none has come to its end, that is a failure: something they stand on is not there. */
async function runTests(project: string[]): Promise<void> {
  const before = counts.passed + counts.failed
  try {
    const vitest = await startVitest(wanted, {
      run: true,
      project,
      reporters: ['default', countingReporter(counts)],
    })
    await vitest.close()
  } catch (error) {
    tell(error)
  }
  if (counts.passed + counts.failed > before || wanted.length > 0) return
  console.log(`NO TEST WAS RUN of ${project.join(', ')}: see above`)
  counts.failed += 1
}

function tell(error: unknown): void {
  console.error(error instanceof Error ? error.message : error)
}

/** Runs a script of package.json, which prints what it finds. */
function holds(name: string): boolean {
  const started = performance.now()
  console.log(`\n> ${name}: ${scripts[name]}`)
  const bin = path.join(root, 'node_modules/.bin')
  const { status } = spawnSync(scripts[name] ?? '', {
    cwd: root,
    shell: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH']}` },
  })
  console.log(
    `${status === 0 ? 'holds' : 'DOES NOT HOLD'} (${((performance.now() - started) / 1000).toFixed(1)} s)`,
  )
  return status === 0
}
