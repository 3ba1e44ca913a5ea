import type { JobView } from '@pdf-smaller/contracts'
import type { Paint } from '../screen/paint.ts'
import { plainText } from '../screen/plain-text.ts'
import { size } from '../tasks/size.ts'

export const jobHeads = ['ID', 'STATUS', 'TASK', 'REQUESTED (UTC)', 'SIZE', 'FILES']
const statusColumn = 1

/** A job as a row of a table. */
export function jobRow(job: JobView): string[] {
  const { id, task, status, requestedAt, progress } = job
  const state = status === 'running' && progress ? `running ${Math.round(progress.percentage)} %` : status
  return [id, state, task, timeOf(requestedAt), sizes(job), filesOf(job)]
}

/** `2026-11-30 16:09:30` */
export const timeOf = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 19)}`

function sizes({ status, inputs, outputs }: JobView): string {
  const sum = (files: readonly { size: number }[]) => files.reduce((total, file) => total + file.size, 0)
  if (inputs.length === 0) return ''
  const whole = outputs.filter(({ part }) => !part)
  return status === 'completed' && whole.length > 0
    ? `${size(sum(inputs))} → ${size(sum(whole))}`
    : size(sum(inputs))
}

/** The files of a job, the first by its name. */
export function filesOf({ inputs: [first, ...others] }: JobView): string {
  return [plainText(first?.name ?? ''), ...(others.length > 0 ? [`and ${others.length} more`] : [])].join(' ')
}

const colours: Record<string, 'green' | 'red' | 'cyan' | 'yellow' | 'dim'> = {
  completed: 'green',
  failed: 'red',
  running: 'cyan',
  retrying: 'yellow',
  cancelled: 'dim',
}

/** Colours the status of a row of jobs. */
export const paintStatus = (paint: Paint) => (text: string, column: number) => {
  const colour = column === statusColumn ? colours[text.split(' ')[0] ?? ''] : undefined
  return colour ? paint(colour, text) : text
}
