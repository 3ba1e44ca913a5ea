import type { Correction, FieldValue } from '@pdf-smaller/contracts/extraction'
import type { Given } from '../../program/command.ts'
import { exitCodes, UsageError } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { plainText } from '../../screen/plain-text.ts'
import { timeOf } from '../../jobs/rows.ts'

type Values = { document: number; note: string | undefined; none: boolean }

export async function run({ values, words }: Given<Values>, session: Session): Promise<number> {
  const { document, note, none } = values
  const [jobId = '', field, value] = words
  if (field !== undefined && (value === undefined) !== none)
    throw new UsageError('give the value that the field should have, or --none')
  const client = await session.connect()
  const told =
    field === undefined
      ? await client.corrections(jobId)
      : [await client.correct(jobId, { document, field, value: value ?? null, note })]
  for (const correction of told) session.tell({ json: correction, lines: () => [correctionLine(correction)] })
  return exitCodes.done
}

/** A correction in one line. */
export function correctionLine({ document, field, old, value, by, at, note }: Correction): string {
  const why = note ? `  ${plainText(note)}` : ''
  return `${timeOf(at)}  ${by}  documents[${document}].${field}: ${shown(old)} → ${shown(value)}${why}`
}

function shown(value: FieldValue | null): string {
  if (value === null) return '(none)'
  return plainText(
    typeof value === 'object' ? [value.amount, value.currency ?? ''].join(' ').trim() : String(value),
  )
}
