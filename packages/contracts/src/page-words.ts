import { z } from 'zod'

/** The words of a page with their boxes, in units of which the page as it is shown has `width` × `height`. */
export const PageWords = z.object({
  width: z.number().positive(),
  height: z.number().positive(),
  words: z
    .array(
      z.object({
        text: z.string().max(500),
        box: z
          .tuple([z.number(), z.number(), z.number(), z.number()])
          .describe('left, top, right and bottom, from the upper left corner'),
        confidence: z
          .number()
          .min(0)
          .max(100)
          .optional()
          .describe('How surely it was read, where that is known'),
      }),
    )
    .max(20_000),
})
export type PageWords = z.infer<typeof PageWords>
