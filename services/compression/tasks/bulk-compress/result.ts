import { Failure } from '@pdf-smaller/contracts'
import { z } from 'zod'
import { Result as Report } from '@pdf-smaller/compress/result'

const done = {
  /** As it was sent. */
  name: z.string(),
  /** Its name in the ZIP. */
  entry: z.string(),
  bytesBefore: z.int(),
  bytesAfter: z.int(),
  report: Report,
}

/** What came of one file. */
export const FileResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('compressed'), ...done }),
  z.object({ outcome: z.literal('unchanged'), ...done }).describe('It is in the ZIP as it was sent'),
  z
    .object({ outcome: z.literal('failed'), name: z.string(), bytesBefore: z.int(), failure: Failure })
    .describe('It is not in the ZIP'),
])
export type FileResult = z.infer<typeof FileResult>

export const Result = z.object({
  /** In the order in which they were sent. */
  files: z.array(FileResult),
  /** Sizes are those of the files in the ZIP, before and after. */
  totals: z.object({
    compressed: z.int(),
    unchanged: z.int(),
    failed: z.int(),
    bytesBefore: z.int(),
    bytesAfter: z.int(),
  }),
  /** bytesAfter / bytesBefore of the totals. */
  ratio: z.number(),
})
export type Result = z.infer<typeof Result>

/** Counts and adds up what came of the files. */
export function summed(files: FileResult[]): Result {
  const totals = { compressed: 0, unchanged: 0, failed: 0, bytesBefore: 0, bytesAfter: 0 }
  for (const file of files) {
    totals[file.outcome] += 1
    if (file.outcome === 'failed') continue
    totals.bytesBefore += file.bytesBefore
    totals.bytesAfter += file.bytesAfter
  }
  return { files, totals, ratio: totals.bytesAfter / totals.bytesBefore }
}
