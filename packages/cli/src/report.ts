import type { JobView } from '@pdf-smaller/contracts'
import { z } from 'zod'
import type { Paint } from './rows.ts'

/** What a compress job reports. */
const Report = z.object({
  bytesBefore: z.number(),
  bytesAfter: z.number(),
  gain: z.enum(['smaller', 'none']),
  reason: z.string().optional(),
  passes: z.array(
    z.object({
      name: z.string(),
      outcome: z.string(),
      saved: z.number().optional(),
      why: z.string().optional(),
    }),
  ),
})
type Report = z.infer<typeof Report>

/** What a job reports that compressed several files; of other tasks only the outputs are told. */
const Batch = z.object({
  files: z.array(
    z.union([
      z.object({ name: z.string(), report: Report }),
      z.object({ name: z.string(), failure: z.object({ code: z.string(), message: z.string() }) }),
    ]),
  ),
})
type Batch = z.infer<typeof Batch>

const units = ['B', 'kB', 'MB', 'GB']

/** A size as people read it; powers of 1,000. */
export function size(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, Math.abs(bytes))) / 3))
  const value = bytes / 1000 ** power
  return `${power === 0 ? value : value.toFixed(Math.abs(value) < 10 ? 2 : 1)} ${units[power]}`
}

/** What came of a job, for people. `saved` are the files that were written. */
export function outcomeLines(name: string, job: JobView, saved: readonly string[], paint: Paint): string[] {
  if (job.status === 'cancelled') return [`${name}: cancelled`]
  if (job.status === 'failed') {
    const { code, message } = job.failure ?? { code: 'unknown', message: 'The service does not say why.' }
    return [failureLine(name, { code, message }, paint)]
  }
  const report = Report.safeParse(job.result)
  const batch = Batch.safeParse(job.result)
  const served = job.reusedFrom ? `, as job ${job.reusedFrom} made it` : ''
  const where = (saved.length > 0 ? ` → ${saved.join(', ')}` : '') + served
  if (batch.success) return batchLines(batch.data, where, paint)
  if (!report.success) return [`${name}: ${paint('green', job.status)}${where}`]
  return [`${name}: ${headline(report.data, paint)}${where}`, ...report.data.passes.map(passLine)]
}

function failureLine(
  name: string,
  { code, message }: { code: string; message: string },
  paint: Paint,
): string {
  return `${name}: ${paint('red', `failed (${code})`)}. ${message}`
}

function batchLines({ files }: Batch, where: string, paint: Paint): string[] {
  const done = files.filter((file) => 'report' in file).length
  const lines = files.map((file) =>
    'report' in file
      ? `${file.name}: ${headline(file.report, paint)}`
      : failureLine(file.name, file.failure, paint),
  )
  return [`${done} of ${files.length} files${where}`, ...lines.map((line) => `  ${line}`)]
}

function headline({ bytesBefore, bytesAfter, gain, reason }: Report, paint: Paint): string {
  if (gain === 'none') return `${size(bytesBefore)}, not made smaller: ${reason ?? 'nothing helped'}`
  const percent = bytesBefore > 0 ? ((1 - bytesAfter / bytesBefore) * 100).toFixed(1) : '0.0'
  return `${size(bytesBefore)} → ${size(bytesAfter)} (${paint('green', `${percent} % smaller`)})`
}

function passLine({ name, outcome, saved, why }: Report['passes'][number]): string {
  const what = saved === undefined ? '' : saved >= 0 ? `saves ${size(saved)}` : `adds ${size(-saved)}`
  return `  ${name.padEnd(20)} ${outcome.padEnd(9)} ${[what, why].filter(Boolean).join('; ')}`.trimEnd()
}

/** A job in one line. */
export function jobLine({ id, task, status, requestedAt, attempt, inputs }: JobView): string {
  const files =
    inputs.length > 1 ? `${inputs[0]?.name} and ${inputs.length - 1} more` : (inputs[0]?.name ?? '')
  const when = `${requestedAt.slice(0, 10)} ${requestedAt.slice(11, 19)}`
  return `${id}  ${status.padEnd(9)}  ${task.padEnd(14)}  ${when}  attempt ${attempt}  ${files}`.trimEnd()
}

/** A text of a document on one line, without what a terminal would take for an order. */
export function plainText(text: string): string {
  return text.replaceAll(/[\p{C}\s]+/gu, ' ').trim()
}
