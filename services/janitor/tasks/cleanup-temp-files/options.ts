import { retention } from '@pdf-smaller/domain'
import { z } from 'zod'

export const Options = z.strictObject({
  maxAgeHours: z
    .number()
    .min(1)
    .max(8760)
    .default(retention.temporaryHours)
    .describe('Delete what nobody wrote to for so long; what belongs to a dead process goes at once'),
})
export type Options = z.output<typeof Options>
