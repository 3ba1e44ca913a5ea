import type { Correction, FieldValue } from '@pdf-smaller/contracts/extraction'
import { exitCodes, UsageError } from '../exit.ts'
import { readFlags } from '../flags.ts'
import { plainText } from '../report.ts'
import type { Command } from '../session.ts'

const help = `Usage: pdf-smaller correct ID FIELD VALUE [--document N] [--note TEXT] [--json]
       pdf-smaller correct ID FIELD --none
       pdf-smaller correct ID

Says what a field of an extraction should be: invoice.totals.gross 119.00. What was extracted stays as it is. --none says that
the document does not have the field; documents count from 0. An amount below zero goes behind "--". With the id alone it
lists the corrections of the job.`

/** Corrects a field, or lists what was corrected. */
export const correct: Command = async (args, { print, connect }) => {
  const { values, positionals } = readFlags('correct', args, {
    document: { type: 'string', default: '0' },
    note: { type: 'string' },
    none: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  })
  if (values.help) {
    print(help)
    return exitCodes.done
  }
  const [jobId, field, value, ...others] = positionals
  const document = Number(values.document)
  if (!jobId || others.length > 0)
    throw new UsageError('correct takes the id of a job, a field and its value')
  if (!Number.isInteger(document) || document < 0) throw new UsageError('--document is a number from 0')
  if (field !== undefined && (value === undefined) !== values.none)
    throw new UsageError('give the value that the field should have, or --none')
  const client = await connect(values.server)
  const told =
    field === undefined
      ? await client.corrections(jobId)
      : [await client.correct(jobId, { document, field, value: value ?? null, note: values.note })]
  if (values.json) print(JSON.stringify(told, undefined, 2))
  else for (const correction of told) print(correctionLine(correction))
  return exitCodes.done
}

/** A correction in one line. */
export function correctionLine({ document, field, old, value, by, at, note }: Correction): string {
  const when = `${at.slice(0, 10)} ${at.slice(11, 19)}`
  const why = note ? `  ${plainText(note)}` : ''
  return `${when}  ${by}  documents[${document}].${field}: ${shown(old)} → ${shown(value)}${why}`
}

function shown(value: FieldValue | null): string {
  if (value === null) return '(none)'
  return plainText(
    typeof value === 'object' ? [value.amount, value.currency ?? ''].join(' ').trim() : String(value),
  )
}
