import type { TaskContext } from '@pdf-smaller/task'
import { z } from 'zod'
import { PageRanges } from '@pdf-smaller/pdf/page-ranges'

export const Format = z.enum(['png', 'jpeg', 'webp'])
export type Format = z.infer<typeof Format>

export const Options = z
  .strictObject({
    format: Format.default('png').describe('The format of the images'),
    dpi: z.int().min(36).max(1200).default(150).describe('Pixels per inch'),
    longestSide: z
      .int()
      .min(16)
      .max(16_000)
      .optional()
      .describe('Pixels of the longer side of each image, in place of dpi'),
    pages: PageRanges.max(10_000).default('1-').describe('Which pages, such as 1-3,5,8-,last,odd'),
    colours: z
      .enum(['keep', 'grayscale', 'black-white'])
      .default('keep')
      .describe('The colours of the images'),
    transparent: z.boolean().default(false).describe('Leave out the white of the paper; for PNG in colour'),
    quality: z.int().min(1).max(100).default(85).describe('Quality of JPEG and WebP'),
    layout: z
      .enum(['pages', 'contact-sheet'])
      .default('pages')
      .describe('An image of each page, or small ones of all pages side by side'),
  })
  .check((context) => {
    const { format, colours, transparent, layout } = context.value
    if (!transparent || (format === 'png' && colours === 'keep' && layout === 'pages')) return
    const message = 'it is possible for pages as PNG in colour only'
    context.issues.push({ code: 'custom', input: context.value, path: ['transparent'], message })
  })
export type Options = z.output<typeof Options>

export type ConvertContext = TaskContext<Options>
