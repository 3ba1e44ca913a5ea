import { z } from 'zod'
import { PageWords } from '../page-words.ts'
import { aFadingRead, aLookUp } from './endings.ts'
import { JobParams } from './job.ts'
import type { Route } from './route.ts'

const FileParams = JobParams.extend({
  file: z
    .string()
    .regex(/^(?:input|output)-[1-9]\d{0,4}$/, 'input-1, output-1 and so on')
    .describe('A file of the job by its place among the inputs or outputs, from 1: `input-1`, `output-2`'),
})
const PageParams = FileParams.extend({
  page: z.coerce.number<string>().int().min(1).max(1_000_000).describe('From 1'),
})

const shown = {
  method: 'GET',
  access: 'read',
  tag: 'Files',
  headers: z.looseObject({
    'if-none-match': z.string().optional().describe('ETags of what is there already'),
  }),
  endings: [
    ...aLookUp,
    'not_finished',
    'file_expired',
    'unknown_file',
    'no_pages',
    'no_such_page',
    'damaged_pdf',
    'encrypted_pdf',
    'damaged_image',
    'too_many_pixels',
    'decompression_bomb',
    'too_large',
    'engine_failed',
    'engine_timeout',
    'out_of_memory',
    'host_died',
    'too_many_drawings',
    'overloaded',
    'work_disk_full',
    'shutting_down',
    ...aFadingRead,
  ],
} as const

const unchanged = { description: 'It has not changed' } as const

/** The pages of a file. */
export const PageList = z.object({
  jobId: z.string(),
  file: z.string().describe('As it was asked for'),
  name: z.string(),
  contentType: z.string(),
  size: z.number().describe('Bytes of the file'),
  pages: z.int().nonnegative(),
  sizes: z
    .array(z.tuple([z.number(), z.number()]))
    .max(1000)
    .describe(
      'Width and height of the first thousand pages as they are shown: in points, of an image in pixels; 0 × 0 of a page that is missing; none where they are not known before a page is drawn',
    ),
})
export type PageList = z.infer<typeof PageList>

export const getPages = {
  ...shown,
  id: 'getPages',
  path: '/api/jobs/:id/pages/:file',
  summary: 'How many pages a file of a job has',
  description:
    'Of inputs and outputs that are PDFs, images, archives of images, or hOCR. A file that only a password opens is ' +
    'answered with `encrypted_pdf`, one that has no pages with `no_pages`.',
  params: FileParams,
  answers: { 200: { description: 'Its pages', schema: PageList }, 304: unchanged },
} as const satisfies Route

/** Widths that pictures are drawn in, pixels. */
export const pictureWidths = [128, 256, 512, 768, 1024, 1536, 2048, 3072, 4096] as const

export const getPagePicture = {
  ...shown,
  id: 'getPagePicture',
  path: '/api/jobs/:id/pages/:file/:page/picture',
  summary: 'A page of a file of a job, as a picture',
  description:
    `As PDFium draws it, as WebP. It is drawn once and kept with the files of the job, and goes with them. Widths are ` +
    `${pictureWidths.join(', ')} pixels: the next one is taken, and fewer where the picture would have more pixels than a gateway allows, or an image has no more.`,
  params: PageParams,
  querystring: z.strictObject({
    width: z.coerce.number<string>().int().min(1).max(4096).default(1024).describe('Pixels across'),
  }),
  answers: {
    200: { description: 'The picture', schema: z.custom<Uint8Array>(), contentType: 'image/webp' },
    304: unchanged,
  },
} as const satisfies Route

export const getPageWords = {
  ...shown,
  id: 'getPageWords',
  path: '/api/jobs/:id/pages/:file/:page/words',
  summary: 'What a page of a file of a job says, with places',
  description:
    'The words of a PDF as PDFium puts letters together; those of an hOCR file with the confidence that they were read with. ' +
    'An image says nothing.',
  params: PageParams,
  answers: { 200: { description: 'Its words', schema: PageWords }, 304: unchanged },
} as const satisfies Route
