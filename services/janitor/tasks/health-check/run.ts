import type { HealthReport } from '@pdf-smaller/contracts'
import type { RunTask } from '@pdf-smaller/task'
import type { Backbone } from '../backbone.ts'
import { findOut } from './find-out.ts'
import { judge } from './judge.ts'

/** Looks at every part, and tells in words what is wrong. */
export const runOver =
  (backbone: Backbone): RunTask<Record<string, never>, HealthReport> =>
  async (context) => {
    const startedAt = performance.now()
    const findings = await findOut(backbone)
    const tookMs = Math.round(performance.now() - startedAt)
    const report = judge(findings, backbone.clock(), tookMs)
    context.progress('check', 1, 1)
    if (report.status !== 'healthy')
      context.log.warn({ issues: report.issues }, `the system is ${report.status}`)
    return { outputs: [], result: report }
  }
