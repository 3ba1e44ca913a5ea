import type { Progress } from '@pdf-smaller/contracts'
import { cut, fit } from './fit.ts'
import type { Paint } from './paint.ts'
import { plainText } from './plain-text.ts'

/** How far one file is. */
export type Row = Pick<Progress, 'percentage' | 'stage' | 'message'> & { name: string; ended: boolean }

const widestBar = 24
const widestName = 28
/** `  42 %` and a blank before it. */
const percentWidth = 7

/**
 * A line for each file that has not ended, as many as the terminal has room for; the rest is counted. What has ended is
 * told of elsewhere.
 */
export function drawRows(
  rows: readonly Row[],
  { columns, lines, paint }: { columns: number; lines: number; paint: Paint },
): string[] {
  const room = Math.max(1, lines - 1)
  const open = rows.filter(({ ended }) => !ended)
  if (open.length <= room && open.length === rows.length)
    return open.map((row) => drawRow(row, columns, paint))
  const shown = [...open].sort((one, other) => urgency(one) - urgency(other)).slice(0, Math.max(0, room - 1))
  const left = open.length - shown.length
  const rest = [`${rows.length - open.length} of ${rows.length} done`, ...(left > 0 ? [`${left} more`] : [])]
  return [
    ...open.filter((row) => shown.includes(row)).map((row) => drawRow(row, columns, paint)),
    ...(open.length > 0 ? [cut(rest.join(', '), columns)] : []),
  ]
}

/** What runs is shown first, then what waits. */
const urgency = ({ percentage, stage }: Row) => (percentage > 0 ? 0 : stage === 'waiting' ? 2 : 1)

/** Name, bar, percentage and stage; where the terminal is narrow, the bar goes first, and then what stands behind it. */
function drawRow({ name, percentage, stage, message }: Row, columns: number, paint: Paint): string {
  const nameWidth = Math.max(8, Math.min(widestName, columns - percentWidth - 12))
  const barWidth = Math.min(widestBar, columns - nameWidth - percentWidth - 14)
  const bar = barWidth >= 8 ? `${drawBar(percentage, barWidth, paint)} ` : ''
  const percent = `${String(Math.round(percentage)).padStart(3)} %`
  const what = plainText(message ? `${stage}: ${message}` : stage)
  const before = nameWidth + 1 + (bar ? barWidth + 1 : 0)
  const after = cut(`${percent} ${what}`, Math.max(0, columns - before))
  return columns < nameWidth
    ? cut(plainText(name), columns)
    : `${fit(plainText(name), nameWidth)} ${bar}${after}`
}

function drawBar(percentage: number, width: number, paint: Paint): string {
  const filled = Math.round((percentage / 100) * width)
  return `${paint('cyan', '█'.repeat(filled))}${'░'.repeat(width - filled)}`
}
