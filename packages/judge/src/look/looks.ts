import { z } from 'zod'

/** How alike one page of the result is to the original. */
export const PageLook = z.object({ page: z.int(), ssim: z.number(), worstTile: z.number() })
export type PageLook = z.infer<typeof PageLook>

/** How alike the pages of the result are to the original. */
export const Look = z.object({
  /** Mean structural similarity of the pages compared, 0 to 1. */
  ssim: z.number(),
  /** That of the worst tile of 64 × 64 pixels. */
  worstTile: z.number(),
  pagesCompared: z.int(),
  pages: z.array(PageLook).describe('each page compared; of many, those that differ most'),
})
export type Look = z.infer<typeof Look>
