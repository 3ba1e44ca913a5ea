import { z } from 'zod'
import { Format } from './options.ts'

/** One of the images, as the manifest lists it; width and height in pixels. */
export const ImageEntry = z.object({
  page: z.int(),
  file: z.string(),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
})
export type ImageEntry = z.infer<typeof ImageEntry>

export const Result = z.object({
  format: Format,
  /** Pages that were drawn, out of `of`. */
  pages: z.int(),
  of: z.int(),
  images: z.int(),
  /** Bytes of all images together. */
  bytes: z.int(),
  /** The sizes of the first image, pixels. */
  width: z.int(),
  height: z.int(),
  repaired: z.boolean(),
})
export type Result = z.infer<typeof Result>
