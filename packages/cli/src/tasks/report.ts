import type { JobView } from '@pdf-smaller/contracts'
import { z } from 'zod'
import { exitCodes } from '../program/exit.ts'
import type { Session } from '../program/session.ts'
import { endOf, inOwnTerms } from '../program/told.ts'
import { fit, widthOf } from '../screen/fit.ts'
import type { Paint } from '../screen/paint.ts'
import { plainText } from '../screen/plain-text.ts'
import { type Finished, wholeOutputs } from './finish.ts'
import { size } from './size.ts'

const Told = z.object({ text: z.string() })

/** What a compress job reports; results of earlier releases have no sentences. */
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
      text: z.string().optional(),
    }),
  ),
  target: z.object({ outcome: z.string(), text: z.string().optional() }).optional(),
  pictures: z.array(Told.extend({ atLevels: Told.optional() })).default([]),
  morePictures: Told.optional(),
  pageReports: z.array(Told).default([]),
  otherLevels: z.array(z.object({ text: z.string().optional() })).default([]),
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

const widestName = 40
const sizeWidth = 8

/**
 * Tells what came of a job: results to stdout, failures aside.
 * @param names of all files of the command, so that the columns of their lines stand below each other
 * @returns the exit code
 */
export function sayFinished(
  finished: Finished,
  session: Pick<Session, 'tell' | 'complain' | 'json' | 'verbose' | 'paint'>,
  names: readonly string[] = [finished.name],
): number {
  const { tell, complain, json, verbose, paint } = session
  const file = finished.name
  if ('error' in finished) {
    const { code, message, exitCode } = endOf(finished.error, verbose)
    complain(`${plainText(file)}: ${message}`)
    if (json) tell({ json: { file, error: { code, message } }, lines: () => [] })
    return exitCode
  }
  const { job, saved } = finished
  if (job.status !== 'completed') {
    complain(`${plainText(file)}: ${failureText(job)}`)
    if (json) tell({ json: { file, job, saved }, lines: () => [] })
    return exitCodes.failed
  }
  const width = Math.min(widestName, Math.max(...names.map((name) => widthOf(plainText(name)))))
  tell({
    json: { file, job, saved },
    lines: () => completedLines(fit(plainText(file), width), job, { saved, paint, verbose }),
  })
  return exitCodes.done
}

/** Why a job has brought nothing. */
export function failureText({ status, failure }: Pick<JobView, 'status' | 'failure'>): string {
  if (status === 'cancelled') return 'cancelled'
  const { code, message } = failure ?? { code: 'unknown', message: 'The service does not say why.' }
  return `failed (${code}). ${inOwnTerms(code, message)}`
}

/** A job that has completed, for people: what it made of what, and where that is. */
export function completedLines(
  name: string,
  job: JobView,
  { saved, paint, verbose }: { saved: readonly string[]; paint: Paint; verbose: boolean },
): string[] {
  const report = Report.safeParse(job.result)
  const batch = Batch.safeParse(job.result)
  const where = saved.map(plainText).join(', ')
  const served = job.reusedFrom && verbose ? [`  as job ${job.reusedFrom} made it`] : []
  if (batch.success) {
    const files = batch.data.files.map((file) => `  ${batchLine(file, paint)}`)
    const done = batch.data.files.filter((file) => 'report' in file).length
    return [`${done} of ${files.length} files${where && `  ${where}`}`, ...files, ...served]
  }
  const sizes = report.success ? gain(report.data, paint) : change(job)
  const told = report.success ? [...targetLines(report.data), ...(verbose ? whyLines(report.data) : [])] : []
  return [[name, ...sizes, where].filter(Boolean).join('  '), ...told, ...served]
}

/** Why the result has not the size that was asked for, or how near to it it is. */
const targetLines = ({ target }: Report): string[] =>
  target?.text === undefined ? [] : [`  ${plainText(target.text)}`]

/** What came of each pass, picture and page, and what the other levels would give. */
function whyLines({ passes, pictures, morePictures, pageReports, otherLevels }: Report): string[] {
  const ofPictures = pictures.map(({ text, atLevels }) => ({
    text: atLevels ? `${text} ${atLevels.text}` : text,
  }))
  const told = [...ofPictures, ...(morePictures ? [morePictures] : []), ...pageReports, ...otherLevels]
  return [...passes.map(passLine), ...told.flatMap(({ text = '' }) => (text ? [`  ${plainText(text)}`] : []))]
}

function batchLine(file: z.infer<typeof Batch>['files'][number], paint: Paint): string {
  const name = plainText(file.name)
  if ('report' in file) return [name, ...gain(file.report, paint)].join('  ')
  const { code, message } = file.failure
  return `${name}: ${paint('red', `failed (${code})`)}. ${inOwnTerms(code, message)}`
}

function gain({ bytesBefore, bytesAfter, gain, reason }: Report, paint: Paint): string[] {
  const sizes = sizesOf(bytesBefore, bytesAfter)
  if (gain === 'none') return [sizes, paint('yellow', `not smaller: ${reason ?? 'nothing helped'}`)]
  const percent = bytesBefore > 0 ? ((1 - bytesAfter / bytesBefore) * 100).toFixed(1) : '0.0'
  return [sizes, paint('green', `${percent.padStart(4)} % smaller`)]
}

/** What went in and what came out; nothing of a task that has no files. */
function change(job: JobView): string[] {
  const sum = (files: readonly { size: number }[]) => files.reduce((total, file) => total + file.size, 0)
  const outputs = wholeOutputs(job)
  if (job.inputs.length === 0 || outputs.length === 0) return ['completed']
  return [sizesOf(sum(job.inputs), sum(outputs))]
}

const sizesOf = (before: number, after: number) =>
  `${size(before).padStart(sizeWidth)} → ${size(after).padStart(sizeWidth)}`

function passLine({ name, outcome, saved, why, text }: Report['passes'][number]): string {
  if (text !== undefined) return `  ${plainText(text)}`
  const what = saved === undefined ? '' : saved >= 0 ? `saves ${size(saved)}` : `adds ${size(-saved)}`
  return `  ${name.padEnd(20)} ${outcome.padEnd(9)} ${[what, why].filter(Boolean).join('; ')}`.trimEnd()
}
