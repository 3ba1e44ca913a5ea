import { readFile, writeFile } from 'node:fs/promises'
import { z } from 'zod'

const Box = z.tuple([z.number(), z.number(), z.number(), z.number()])

/** The paragraphs of a page with the places of their lines and words, in points from the upper left corner. */
const Lines = z.object({
  width: z.number(),
  height: z.number(),
  paragraphs: z.array(
    z.array(
      z.object({
        box: Box,
        angle: z.literal([0, 90, 180, 270]),
        baseline: z.object({ slope: z.number(), above: z.number() }),
        height: z.number(),
        words: z.array(z.object({ text: z.string(), box: Box, confidence: z.number() })),
      }),
    ),
  ),
})

/** What reading a page came to. */
export const FinishedPage = z.object({
  kind: z.literal('read'),
  page: z.int(),
  /** How far the page has to be turned clockwise to stand upright. */
  turn: z.literal([0, 90, 180, 270]),
  /** How far it has to be turned clockwise, standing upright, for its lines to lie straight, degrees. */
  skew: z.number(),
  confidence: z.number().optional(),
  /** The share of its print that is in no word. */
  unread: z.number().default(0),
  text: z.string(),
  lines: Lines,
  hocr: z.string().optional(),
})
export type FinishedPage = z.infer<typeof FinishedPage>

export type FailedPage = { kind: 'failed'; page: number; why: string }

export const writeFinished = (file: string, page: FinishedPage): Promise<void> =>
  writeFile(file, JSON.stringify(page))

export const readFinished = async (file: string): Promise<FinishedPage> =>
  FinishedPage.parse(JSON.parse(await readFile(file, 'utf8')))
