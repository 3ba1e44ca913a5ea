/** One figure of a benchmark beside its goal. */
export type Figure = {
  name: string
  value: number
  unit: string
  /** A bound that the value is to keep. */
  goal?: { at: 'most' | 'least'; value: number }
  /** What the figure is compared with in the same run. */
  baseline?: { name: string; value: number }
}

export function meets({ value, goal }: Figure): boolean {
  if (!goal) return true
  return goal.at === 'most' ? value <= goal.value : value >= goal.value
}

const digits = (value: number) =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 })

/** The figures as a table for a terminal or a document. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, value, unit, goal, baseline } = figure
    return [
      name,
      `${digits(value)} ${unit}`,
      goal ? `${goal.at === 'most' ? '≤' : '≥'} ${digits(goal.value)}` : '',
      goal ? (meets(figure) ? 'yes' : 'no') : '',
      baseline ? `${baseline.name}: ${digits(baseline.value)}` : '',
    ]
  })
  const head = ['figure', 'measured', 'goal', 'met', 'baseline in the same run']
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
