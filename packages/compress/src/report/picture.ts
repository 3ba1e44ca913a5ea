import { growing } from '@pdf-smaller/contracts'
import { z } from 'zod'
import { Level } from '../levels.ts'
import { PageRanges } from './page-ranges.ts'
import { FormReason, ImageReason } from './reasons.ts'

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

/** A form of a picture that was made, and not taken. */
export const RefusedForm = z.object({
  form: PictureForm,
  ppi: z.int().optional(),
  bytes: z.int(),
  reason: FormReason,
  page: z.int().optional().describe('the page that was refused; absent where the form was read by itself'),
  measured: z.number().optional(),
  limit: z.number().optional().describe('what it would have had to keep to'),
})
export type RefusedForm = z.infer<typeof RefusedForm>

/** What a level tries with a picture; nothing of it says what would come of that. */
export const PictureAtLevel = z.object({
  level: Level,
  does: growing(z.enum(['own', 'same', 'tries'])).describe(
    'own: the level of the job; same: by its rules, it makes the same of it',
  ),
  mostLost: z
    .number()
    .optional()
    .describe('the structural similarity that the picture may lose there, 0 to 1'),
  mostPpi: z
    .int()
    .optional()
    .describe('pixels per inch that are tried first at most; absent where it keeps those that it has'),
  paperPpi: z
    .int()
    .optional()
    .describe('pixels per inch of the background of layers that are tried; absent where none are'),
})
export type PictureAtLevel = z.infer<typeof PictureAtLevel>

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
  lost: z.number().optional().describe('the structural similarity that the largest of them has lost, 0 to 1'),
  encodedAs: Level.optional().describe(
    'the gentler level whose encoding it has, as those of its own lost too much',
  ),
  refused: z
    .array(RefusedForm)
    .optional()
    .describe('forms of the largest of them that were made and not taken'),
  atLevels: z
    .object({ levels: z.array(PictureAtLevel), text: z.string().describe('the same as a sentence') })
    .optional()
    .describe('what each level tries with it, the gentlest first; absent where that is not known'),
  text: z.string().describe('what came of it as a sentence'),
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
