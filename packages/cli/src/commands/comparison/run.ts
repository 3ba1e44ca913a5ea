import type { FieldDifference } from '@pdf-smaller/contracts/extraction'
import type { JobComparison } from '@pdf-smaller/contracts/http'
import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { plainText } from '../../screen/plain-text.ts'

export async function run(
  { values, words: [jobId = ''] }: Given<{ with: string | undefined }>,
  session: Session,
): Promise<number> {
  const told = await (await session.connect()).comparison(jobId, { with: values.with })
  session.tell({ json: told, lines: () => comparisonLines(told) })
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
