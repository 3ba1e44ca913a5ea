import type { FieldDifference } from '@pdf-smaller/contracts/extraction'
import type { JobComparison } from '@pdf-smaller/contracts/http'
import { exitCodes, UsageError } from '../exit.ts'
import { readFlags } from '../flags.ts'
import { plainText } from '../report.ts'
import type { Command } from '../session.ts'

const help = `Usage: pdf-smaller comparison ID [--with ID] [--json]

Tells field by field how a job has read its document, and how the job did that it replays, or the one that --with names.`

/** Compares what two jobs have extracted. */
export const comparison: Command = async (args, { print, connect }) => {
  const { values, positionals } = readFlags('comparison', args, {
    with: { type: 'string' },
    json: { type: 'boolean' },
  })
  if (values.help) {
    print(help)
    return exitCodes.done
  }
  const [jobId, ...others] = positionals
  if (!jobId || others.length > 0) throw new UsageError('comparison takes the id of one job')
  const told = await (await connect(values.server)).comparison(jobId, { with: values.with })
  if (values.json) print(JSON.stringify(told, undefined, 2))
  else for (const line of comparisonLines(told)) print(line)
  return exitCodes.done
}

/** A comparison for people. */
export function comparisonLines(told: JobComparison): string[] {
  const { left, right, sameInputs, same, changed, onlyLeft, onlyRight, differences } = told
  return [
    `left   ${sideOf(left)}`,
    `right  ${sideOf(right)}`,
    `${same} the same, ${changed} changed, ${onlyLeft} only left, ${onlyRight} only right` +
      (sameInputs ? '' : '; the files differ'),
    ...differences.map((each) => `  ${each.path}: ${changeOf(each)}`),
  ]
}

function sideOf({ jobId, engine, reconciled }: JobComparison['left']): string {
  const sums = { true: 'adds up', false: 'does not add up', null: 'cannot be checked' }[String(reconciled)]
  return `${jobId}  ${[engine.name, engine.model].filter(Boolean).join(' ')}, ${sums}`
}

function changeOf({ left, right }: FieldDifference): string {
  return `${left === undefined ? '(none)' : plainText(left)} → ${right === undefined ? '(none)' : plainText(right)}`
}
