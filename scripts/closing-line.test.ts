import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { closingLine } from './closing-line.ts'

it.each([
  [{ passed: 3, failed: 0, skipped: 0 }, '3 passed, 0 failed'],
  [{ passed: 3, failed: 1, skipped: 2 }, '3 passed, 1 failed, 2 skipped'],
])('of %j says %s', (counts, line) => {
  expect(closingLine(counts)).toBe(line)
})

it(
  'counts tests, files that fail as a whole, and errors outside of tests',
  { timeout: 180_000 },
  async () => {
    // Inside the checkout, so that the tests of the run find vitest.
    const cache = path.resolve('.cache')
    await mkdir(cache, { recursive: true })
    const folder = await mkdtemp(path.join(cache, 'closing-line-'))
    try {
      await writeFile(path.join(folder, 'vitest.config.ts'), 'export default {}')
      const tests = `it('a', () => {}); it('b', () => { throw new Error('b') }); it.skip('c', () => {})`
      await writeFile(path.join(folder, 'mixed.test.ts'), `import { it } from 'vitest'\n${tests}`)
      await writeFile(path.join(folder, 'broken.test.ts'), `throw new Error('no test at all')`)
      const late = `it('d', () => { void Promise.reject(new Error('nobody waits for this')) })`
      await writeFile(path.join(folder, 'late.test.ts'), `import { it } from 'vitest'\n${late}`)
      expect(await countsOf(folder)).toEqual({ passed: 2, failed: 3, skipped: 1 })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
)

/** The counts of a run of its own over the tests of a folder. */
async function countsOf(folder: string): Promise<unknown> {
  const script = `
    import { startVitest } from 'vitest/node'
    import { countingReporter } from '${path.resolve('scripts/closing-line.ts')}'
    const counts = { passed: 0, failed: 0, skipped: 0 }
    const vitest = await startVitest([], { root: '${folder}', run: true, reporters: [countingReporter(counts)] })
    await vitest.close()
    process.stdout.write(JSON.stringify(counts))
    process.exit(0)`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  return JSON.parse(stdout.slice(stdout.lastIndexOf('{')))
}
