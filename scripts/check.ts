import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { startVitest } from 'vitest/node'
import { z } from 'zod'
import { closingLine, countingReporter, type Counts } from './closing-line.ts'

/** What has to hold beside the tests: scripts of package.json, the quickest first. */
const checks = ['format:check', 'lint', 'types', 'boundaries']

const root = path.resolve(import.meta.dirname, '..')
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')))

/** Names of test files, or parts of them: only those are run then, without the other checks. */
const wanted = process.argv.slice(2)
const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
const failedChecks = wanted.length > 0 ? [] : checks.filter((name) => !holds(name))
const vitest = await startVitest(wanted, { run: true, reporters: ['default', countingReporter(counts)] })
await vitest.close()
counts.failed += failedChecks.length
if (failedChecks.length > 0) console.log(`Checks that do not hold: ${failedChecks.join(', ')}`)
console.log(closingLine(counts))
// Handles that a failed test left open must not keep the run alive.
process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : 0)

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
