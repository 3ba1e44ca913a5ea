import type { Receipt } from '@pdf-smaller/contracts/http'
import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { plainText } from '../../screen/plain-text.ts'
import { failureText } from '../../tasks/report.ts'
import { size } from '../../tasks/size.ts'
import { timeOf } from '../../jobs/rows.ts'

export async function run({ words: [id = ''] }: Given<object>, session: Session): Promise<number> {
  const told = await (await session.connect()).receipt(id)
  session.tell({ json: told, lines: () => receiptLines(told), word: told.jobId })
  return exitCodes.done
}

const nameWidth = 11

/** A receipt for people. */
export function receiptLines(told: Receipt): string[] {
  const {
    jobId,
    task,
    status,
    requester,
    tag,
    worker,
    attempt,
    options,
    engines = {},
    inputs,
    outputs,
    files,
  } = told
  const time = (iso: string | undefined) => iso && `${timeOf(iso)} UTC`
  const file = ({ name, size: bytes, sha256 }: Receipt['inputs'][number]) =>
    `${plainText(name)}  ${size(bytes)}  sha256 ${sha256}`
  const entries: [string, string | undefined][] = [
    ['job', jobId],
    ['task', task],
    ['status', status === 'failed' ? failureText(told) : status],
    ['requester', requester],
    ['tag', tag && plainText(tag)],
    ['requested', time(told.requestedAt)],
    ['started', time(told.startedAt)],
    ['finished', time(told.finishedAt)],
    ['attempts', String(attempt)],
    ['worker', worker],
    [
      'engines',
      Object.entries(engines)
        .map((each) => each.join(' '))
        .join(', '),
    ],
    ['options', JSON.stringify(options)],
    ...inputs.map((one): [string, string] => ['input', file(one)]),
    ...outputs.map((one): [string, string] => ['output', file(one)]),
    ['files kept', files.keptUntil ? `until ${time(files.keptUntil)}` : undefined],
    ['deleted', files.deletedAt && `${time(files.deletedAt)}${files.because ? ` (${files.because})` : ''}`],
  ]
  return entries.flatMap(([name, value]) => (value ? [`${name.padEnd(nameWidth)} ${value}`] : []))
}
