import type { Measured } from './measure.ts'

type Share = { right: number; all: number }
const none = (): Share => ({ right: 0, all: 0 })

/** What is told of a group of documents. */
export type Summary = {
  documents: number
  fields: Share
  rows: Share
  cells: Share
  types: Share
  reconciled: Share
  wronglyReconciled: string[]
  misreadReconciled: string[]
  trapsAccepted: string[]
  faultsNamed: Share
  failures: string[]
  secondsPerPage: number | undefined
  secondsPerScan: number | undefined
}

export function summaryOf(measured: readonly Measured[]): Summary {
  const cells = measured.flatMap(({ score }) => score.cells)
  const told = measured.filter(({ kind }) => kind !== 'trap')
  const names = (chosen: (each: Measured) => boolean) => measured.filter(chosen).map(({ name }) => name)
  const faults = measured.filter(({ namesFault }) => namesFault !== undefined)
  return {
    documents: measured.length,
    fields: shareOf(cells.filter(({ group }) => group !== 'rows').map(({ right }) => right)),
    rows: measured.reduce(
      (sum, { score: { rows } }) => ({ right: sum.right + rows.right, all: sum.all + rows.all }),
      none(),
    ),
    cells: shareOf(cells.filter(({ group }) => group === 'rows').map(({ right }) => right)),
    types: shareOf(measured.map(({ score }) => score.typeRight)),
    reconciled: shareOf(
      told.map(({ missedReconciled, wronglyReconciled }) => !missedReconciled && !wronglyReconciled),
    ),
    wronglyReconciled: names((each) => each.wronglyReconciled),
    misreadReconciled: names((each) => each.misreadReconciled),
    trapsAccepted: names(({ kind, score }) => kind === 'trap' && !score.typeRight),
    faultsNamed: shareOf(faults.map(({ namesFault }) => namesFault === true)),
    failures: measured.flatMap(({ name, failure }) => (failure === undefined ? [] : `${name}: ${failure}`)),
    secondsPerPage: perPage(measured.filter(({ isScan }) => !isScan)),
    secondsPerScan: perPage(measured.filter(({ isScan }) => isScan)),
  }
}

const shareOf = (rights: readonly boolean[]): Share => ({
  right: rights.filter(Boolean).length,
  all: rights.length,
})

function perPage(measured: readonly Measured[]): number | undefined {
  const pages = measured.reduce((sum, each) => sum + each.pages, 0)
  return pages === 0 ? undefined : measured.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) / pages
}

/** Groups by set, engine, kind and language, the whole of each set first. */
export function groupsOf(measured: readonly Measured[]): { title: string; summary: Summary }[] {
  const titles = new Map<string, Measured[]>()
  const into = (title: string, each: Measured) => titles.set(title, [...(titles.get(title) ?? []), each])
  for (const each of measured) {
    const set = `${each.set}, ${each.engine}`
    into(set, each)
    into(`${set}, ${each.kind}`, each)
    if (each.kind !== 'trap') into(`${set}, ${each.kind} ${each.language}`, each)
    if (each.kind !== 'trap') into(`${set}, ${each.isScan ? 'scanned' : 'digital'}`, each)
  }
  return [...titles]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([title, group]) => ({ title, summary: summaryOf(group) }))
}

const head = [
  'set, engine, kind',
  'documents',
  'header and totals',
  'rows wholly right',
  'cells of rows',
  'type right',
  'verdict right',
  'wrongly reconciled',
  'reconciled though misread',
  'faults named',
  'CPU s a page',
  'CPU s a scan',
]

/** The groups as a table in Markdown. */
export function tableOf(measured: readonly Measured[]): string {
  const rows = groupsOf(measured).map(({ title, summary }) => [
    title,
    String(summary.documents),
    percent(summary.fields),
    percent(summary.rows),
    percent(summary.cells),
    percent(summary.types),
    percent(summary.reconciled),
    String(summary.wronglyReconciled.length),
    String(summary.misreadReconciled.length),
    summary.faultsNamed.all === 0 ? '' : `${summary.faultsNamed.right} of ${summary.faultsNamed.all}`,
    summary.secondsPerPage?.toFixed(2) ?? '',
    summary.secondsPerScan?.toFixed(2) ?? '',
  ])
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

const percent = ({ right, all }: Share): string =>
  all === 0 ? '' : `${((right / all) * 100).toFixed(1)} % (${all})`

/** What is wrong in each document, a line each. */
export function wrongOf(measured: readonly Measured[]): string {
  return measured
    .flatMap(({ name, engine, kind, score, failure, reconciled, ...verdict }) => {
      const marks = Object.entries(verdict).flatMap(([mark, value]) =>
        mark !== 'isScan' && value === true ? mark : [],
      )
      const wrong = score.cells.filter(({ right }) => !right)
      const told = wrong.map(
        ({ field, expected, found }) => `    ${field}: ${expected ?? '-'} ≠ ${found ?? '-'}`,
      )
      const type = score.typeRight ? '' : ' TYPE WRONG'
      const isRight =
        told.length === 0 &&
        type === '' &&
        failure === undefined &&
        !verdict.missedReconciled &&
        !verdict.wronglyReconciled
      return isRight
        ? []
        : [
            `${name} (${engine}, ${kind}, reconciled ${String(reconciled)}) ${marks.join(' ')}${type} ${failure ?? ''}`,
            ...told.slice(0, 25),
          ]
    })
    .join('\n')
}
