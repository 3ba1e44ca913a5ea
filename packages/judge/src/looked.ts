import { z } from 'zod'

/** How much of a result was compared with what it was made of; the rest would have taken longer than the work itself. */
export const Looked = z.object({
  /** Pages that were to be compared: those that stood in an input. */
  pages: z.int(),
  carried: z.int().describe('pages whose boxes, links, fields and other annotations were compared'),
  text: z.int().describe('pages whose text was compared, or that draw from the same bytes'),
  look: z.int().describe('pages whose look was compared, or that draw from the same bytes'),
})
export type Looked = z.infer<typeof Looked>

export const nothingLooked = (): Looked => ({ pages: 0, carried: 0, text: 0, look: 0 })
