import type { PageWords as WordsContract } from '@pdf-smaller/contracts'
import type { PageList as ListContract } from '@pdf-smaller/contracts/http'
import { ask, askForBlob } from './ask.ts'
import { partOf, z } from './parts.ts'

/** A file of a job by its place: `input-1`, `output-2`. */
export type Place = `input-${number}` | `output-${number}`

export const PageList = partOf<ListContract>()(
  z.object({
    name: z.string(),
    size: z.number(),
    pages: z.number(),
    sizes: z.array(z.tuple([z.number(), z.number()])),
  }),
)
export type PageList = z.output<typeof PageList>

/** Words with their boxes: left, top, right and bottom, of a page of `width` × `height`. */
export const PageWords = partOf<WordsContract>()(
  z.object({
    width: z.number(),
    height: z.number(),
    words: z.array(
      z.object({
        text: z.string(),
        box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
        confidence: z.optional(z.number()),
      }),
    ),
  }),
)
export type PageWords = z.output<typeof PageWords>
export type Word = PageWords['words'][number]

const pathOf = (job: string, place: Place) => `/api/jobs/${encodeURIComponent(job)}/pages/${place}`

/** @throws Trouble */
export const pagesOf = (job: string, place: Place) => ask(pathOf(job, place), PageList)

/** @throws Trouble */
export const wordsOf = (job: string, place: Place, page: number) =>
  ask(`${pathOf(job, place)}/${page}/words`, PageWords)

export type PictureOf = { job: string; place: Place; page: number; width: number }

/** @param of.width pixels across that it should have at least. @throws Trouble */
export const pictureOf = ({ job, place, page, width }: PictureOf, signal: AbortSignal) =>
  askForBlob(`${pathOf(job, place)}/${page}/picture?width=${Math.min(4096, Math.ceil(width))}`, signal)
