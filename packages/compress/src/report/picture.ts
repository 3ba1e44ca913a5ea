import { growing } from '@pdf-smaller/contracts'
import { z } from 'zod'
import { PageRanges } from './page-ranges.ts'
import { ImageReason } from './reasons.ts'

export const ImageClass = z.enum([
  'colour',
  'gray',
  'indexed',
  'cmyk',
  'bitmap',
  'stencil',
  'soft-mask',
  'other',
])
export type ImageClass = z.infer<typeof ImageClass>

/** How an image is encoded that was encoded anew. */
export const PictureForm = growing(z.enum(['jpeg', 'jpeg2000', 'jbig2', 'lossless', 'layers']))
export type PictureForm = z.infer<typeof PictureForm>

/** A picture, or several that are alike in all that is told of them. */
export const Picture = z.object({
  class: ImageClass,
  outcome: z.enum(['renewed', 'kept']),
  form: PictureForm.optional().describe('of those encoded anew'),
  reason: ImageReason.optional().describe('why those stay as they are that do'),
  count: z.int(),
  pages: PageRanges.describe('the pages that show them, as far as that is known'),
  ppiBefore: z.int().optional().describe('pixels per inch of the largest of them, where it is seen largest'),
  ppiAfter: z.int().optional(),
  bytesBefore: z.int(),
  bytesAfter: z.int(),
  text: z.string().describe('the same as a sentence'),
})
export type Picture = z.infer<typeof Picture>

/** Pictures of which none is told by itself. */
export const MorePictures = z.object({
  count: z.int(),
  bytesBefore: z.int(),
  bytesAfter: z.int(),
  text: z.string(),
})
export type MorePictures = z.infer<typeof MorePictures>
