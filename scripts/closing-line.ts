import type { Reporter, TestModule } from 'vitest/node'

/** How many tests ended how. */
export type Counts = { passed: number; failed: number; skipped: number }

/**
 * Adds up the tests of a run in `counts`. A test file that fails as a whole, and an error outside of all tests, count
 * as a failed test: no red run may look green.
 */
export function countingReporter(counts: Counts): Reporter {
  return {
    onTestRunEnd: (modules, unhandledErrors) => {
      for (const module of modules) addModule(counts, module)
      counts.failed += unhandledErrors.length
    },
  }
}

/** The line that a CI reads: `12 passed, 0 failed`, and what was skipped, if anything was. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  const rest = skipped > 0 ? `, ${skipped} skipped` : ''
  return `${passed} passed, ${failed} failed${rest}`
}

function addModule(counts: Counts, module: TestModule): void {
  const before = counts.failed
  for (const test of module.children.allTests()) {
    const { state } = test.result()
    if (state === 'passed') counts.passed += 1
    else if (state === 'failed') counts.failed += 1
    else counts.skipped += 1
  }
  if (module.state() === 'failed' && counts.failed === before) counts.failed += 1
}
