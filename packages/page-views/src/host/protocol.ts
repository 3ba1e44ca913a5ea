import { FailureCode, PageWords } from '@pdf-smaller/contracts'
import { z } from 'zod'

const count = z.number().nonnegative()

/** What a file is, as its content type says: whatever else it holds ends in a failure. */
export const Form = z.enum(['pdf', 'image', 'images', 'hocr'])
export type Form = z.infer<typeof Form>

/** What a host is to do with a file in its folder. Pages count from 1. */
export const Order = z.object({
  type: z.literal('order'),
  file: z.string(),
  form: Form,
  limits: z.object({ memoryBytes: count, mostPixels: count, ms: count }),
  work: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('look') }),
    /** A picture of so many pixels across, or fewer where it would have too many in all. */
    z.object({ kind: z.literal('draw'), page: count, width: count }),
    z.object({ kind: z.literal('words'), page: count }),
  ]),
})
export type Order = z.infer<typeof Order>
export type Work = Order['work']

/** Pages of a file; their sizes are told of the first ones. */
export const Look = z.object({
  pages: z.int().nonnegative(),
  sizes: z.array(z.tuple([z.number(), z.number()])).max(1000),
})
export type Look = z.infer<typeof Look>

/** Bytes of the largest picture that is taken of a host. */
export const mostPictureBytes = 10 * 2 ** 20

const Picture = z.object({ webp: z.base64().max((mostPictureBytes / 3) * 4) })

/** What a host tells. */
export const FromHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  Look.extend({ type: z.literal('looked') }),
  Picture.extend({ type: z.literal('drawn') }),
  PageWords.extend({ type: z.literal('words') }),
  z.object({ type: z.literal('failed'), code: FailureCode, why: z.string().max(2000) }),
])
export type FromHost = z.infer<typeof FromHost>
