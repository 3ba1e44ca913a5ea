import { retention } from '@pdf-smaller/domain'
import { z } from 'zod'

const days = (usual: number) => z.number().min(0).max(400).default(usual)

export const Options = z.strictObject({
  completedDays: days(retention.completedDays).describe('Days that files of completed jobs are kept'),
  failedDays: days(retention.failedDays).describe('Days that files of failed jobs are kept'),
  cancelledDays: days(retention.cancelledDays).describe('Days that files of cancelled jobs are kept'),
  dryRun: z.boolean().default(false).describe('Only tell what would be deleted'),
})
export type Options = z.output<typeof Options>
