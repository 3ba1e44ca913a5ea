import type { JobView } from '@pdf-smaller/contracts'
import { z } from 'zod'

/** What a compress job reports; other tasks' results are printed as they are. */
const Report = z.object({
  bytesBefore: z.number(),
  bytesAfter: z.number(),
  gain: z.string(),
  reason: z.string().optional(),
  passes: z.array(
    z.object({
      name: z.string(),
      outcome: z.string(),
      bytes: z.number().optional(),
      saved: z.number().optional(),
      why: z.string().optional(),
    }),
  ),
})

const units = ['B', 'kB', 'MB', 'GB']

/** A size as people read it; powers of 1,000. */
export function size(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, Math.abs(bytes))) / 3))
  const value = bytes / 1000 ** power
  return `${power === 0 ? value : value.toFixed(Math.abs(value) < 10 ? 2 : 1)} ${units[power]}`
}

/** What came of a job, for people. */
export function outcomeLines(name: string, job: JobView, target: string | undefined): string[] {
  if (job.status === 'cancelled') return [`${name}: cancelled`]
  if (job.failure && job.status === 'failed')
    return [`${name}: failed (${job.failure.code}). ${job.failure.message}`]
  const report = Report.safeParse(job.result)
  const where = target ? ` → ${target}` : ''
  if (!report.success) return [`${name}: done${where}`]
  const { bytesBefore, bytesAfter, gain, reason, passes } = report.data
  const percent = ((1 - bytesAfter / bytesBefore) * 100).toFixed(1)
  const headline =
    gain === 'none'
      ? `${name}: ${size(bytesBefore)}, not made smaller: ${reason ?? 'nothing helped'}${where}`
      : `${name}: ${size(bytesBefore)} → ${size(bytesAfter)} (${percent} % smaller)${where}`
  return [headline, ...passes.map(passLine)]
}

function passLine({ name, outcome, saved, why }: z.infer<typeof Report>['passes'][number]): string {
  const what = saved === undefined ? '' : saved >= 0 ? `saves ${size(saved)}` : `adds ${size(-saved)}`
  return `  ${name.padEnd(20)} ${outcome.padEnd(9)} ${[what, why].filter(Boolean).join('; ')}`.trimEnd()
}
