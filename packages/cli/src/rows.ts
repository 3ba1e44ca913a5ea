import type { Progress } from '@pdf-smaller/contracts'
import { cut, fit } from './fit.ts'

/** How far one file is. */
export type Row = Pick<Progress, 'percentage' | 'stage' | 'message'> & { name: string; ended: boolean }

/** Colours a text, or leaves it as it is. */
export type Paint = (format: 'green' | 'red' | 'cyan', text: string) => string

const barWidth = 24
const nameWidth = 28

/** A line for each file, as many as the terminal has room for; the rest is counted. */
export function drawRows(
  rows: readonly Row[],
  { columns, lines, paint }: { columns: number; lines: number; paint: Paint },
): string[] {
  const room = Math.max(1, lines - 1)
  if (rows.length <= room) return rows.map((row) => drawRow(row, columns, paint))
  const shown = [...rows].sort((one, other) => urgency(one) - urgency(other)).slice(0, room - 1)
  const ended = rows.filter((row) => row.ended).length
  const rest = `… and ${rows.length - shown.length} more; ${ended} of ${rows.length} done`
  return [
    ...rows.filter((row) => shown.includes(row)).map((row) => drawRow(row, columns, paint)),
    cut(rest, columns),
  ]
}

/** What runs is shown first, then what waits, then what has ended. */
function urgency({ ended, percentage }: Row): number {
  return ended ? 2 : percentage > 0 ? 0 : 1
}

function drawRow({ name, percentage, stage, message }: Row, columns: number, paint: Paint): string {
  const filled = Math.round((percentage / 100) * barWidth)
  const [done, left] = ['█'.repeat(filled), '░'.repeat(barWidth - filled)]
  const percent = `${String(Math.round(percentage)).padStart(3)} %`
  const what = message ? `${stage}: ${message}` : stage
  const width = Math.max(8, Math.min(nameWidth, columns - barWidth - 8))
  const before = `${fit(name, width)} `
  const after = cut(` ${percent} ${what}`, Math.max(0, columns - width - 1 - barWidth))
  return `${before}${paint('cyan', done)}${left}${after}`
}
