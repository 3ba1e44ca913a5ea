import type { JobView, ObjectRef } from '@pdf-smaller/contracts'
import { ExtractionResult } from '@pdf-smaller/contracts/extraction'

/** What a job has extracted, as a file; undefined for a job that has extracted nothing, or whose files are gone. */
export function extractionFile({ status, expired, outputs, result }: JobView): ObjectRef | undefined {
  if (status !== 'completed' || expired) return undefined
  const file = outputs.find(({ name }) => name === 'extraction.json')
  // Other tasks name their files after those that they were given.
  return file && ExtractionResult.safeParse(result).success ? file : undefined
}
