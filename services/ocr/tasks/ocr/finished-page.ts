import { readFile, writeFile } from 'node:fs/promises'
import { z } from 'zod'

/** What reading a page came to. */
export const FinishedPage = z.object({
  kind: z.literal('read'),
  page: z.int(),
  /** How far the page has to be turned clockwise to stand upright. */
  turn: z.literal([0, 90, 180, 270]),
  /** How far it has to be turned clockwise, standing upright, for its lines to lie straight, degrees. */
  skew: z.number(),
  confidence: z.number().optional(),
  text: z.string(),
  /** A PDF of one page with the text, invisible, where it stands on the page; base64. */
  layer: z.string(),
  hocr: z.string().optional(),
  alto: z.string().optional(),
})
export type FinishedPage = z.infer<typeof FinishedPage>

export type FailedPage = { kind: 'failed'; page: number; why: string }

export const writeFinished = (file: string, page: FinishedPage): Promise<void> =>
  writeFile(file, JSON.stringify(page))

export const readFinished = async (file: string): Promise<FinishedPage> =>
  FinishedPage.parse(JSON.parse(await readFile(file, 'utf8')))
