import { DamageCode } from '@pdf-smaller/judge/damage'
import { z } from 'zod'

/** What came of a page. */
export const ToldPage = z.object({
  page: z.int(),
  pictures: z.int().describe('how many it shows, as far as that is known'),
  bytesBefore: z.int().describe('of its pictures; what several pages show counts for each'),
  bytesAfter: z.int(),
  ssim: z.number().optional().describe('structural similarity to the original, where it is told in `look`'),
  refused: z.array(DamageCode).optional().describe('why attempts at it were refused'),
  text: z.string().describe('the same as a sentence'),
})
export type ToldPage = z.infer<typeof ToldPage>
