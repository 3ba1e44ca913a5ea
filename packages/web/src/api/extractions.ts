import type { Correction as Contract } from '@pdf-smaller/contracts/extraction'
import { ask } from './ask.ts'
import { Extraction, type FieldValue } from './extraction.ts'
import { partOf, z } from './parts.ts'

const pathOf = (job: string, end: string) => `/api/jobs/${encodeURIComponent(job)}/${end}`

/** @throws Trouble */
export const extractionOf = (job: string) => ask(pathOf(job, 'extraction'), Extraction)

const Correction = partOf<Contract>()(z.object({ number: z.number() }))

/**
 * Says what a field should be.
 * @param of.value null where the document does not have the field
 * @throws Trouble
 */
export const correct = (job: string, of: { document: number; field: string; value: FieldValue | null }) =>
  ask(pathOf(job, 'corrections'), Correction, { method: 'POST', json: of })
