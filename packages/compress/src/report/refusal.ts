import { DamageCode } from '@pdf-smaller/judge/damage'
import { z } from 'zod'
import { PageRanges } from './page-ranges.ts'

/** Pages that were refused for the same reason. */
export const Refusal = z.object({
  reason: DamageCode,
  pages: PageRanges,
  measured: z.number().optional().describe('what was found on the worst of them'),
  limit: z.number().optional().describe('what it would have had to keep to'),
  text: z.string().describe('the same as a sentence'),
})
export type Refusal = z.infer<typeof Refusal>
