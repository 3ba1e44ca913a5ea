import { Look } from '@pdf-smaller/judge/looks'
import { z } from 'zod'
import { Level } from './levels.ts'
import { ImageClass, MorePictures, Picture } from './report/picture.ts'
import { ToldPage } from './report/page.ts'
import { NoGainReason, PassReason, TargetReason } from './report/reasons.ts'
import { Refusal } from './report/refusal.ts'

/** What came of one pass. */
export const Pass = z.object({
  name: z.string(),
  outcome: z
    .enum(['won', 'kept', 'rejected', 'failed', 'skipped'])
    .describe('kept: intact, but beaten by another'),
  /** Size of what it made; absent when it made nothing. */
  bytes: z.int().optional(),
  /** Bytes less than the input; negative when it is larger. */
  saved: z.int().optional(),
  why: z.string().optional(),
  reason: PassReason.optional().describe('why it was not taken, as a code'),
  refusals: z.array(Refusal).optional().describe('the pages for which it was refused'),
  ms: z.number().optional(),
})
export type Pass = z.infer<typeof Pass>

/** What came of one pass, told. */
export const ToldPass = Pass.extend({ text: z.string().describe('the same as a sentence') })
export type ToldPass = z.infer<typeof ToldPass>

/** What came of the images of one kind. */
export const ImageReport = z.object({
  class: ImageClass,
  count: z.int(),
  renewed: z.int().describe('how many were encoded anew'),
  bytesBefore: z.int(),
  bytesAfter: z.int(),
  kept: z.record(z.string(), z.int()).describe('why the others stay as they are, and how many'),
})
export type ImageReport = z.infer<typeof ImageReport>

/** What came of the search for a size. */
export const Target = z.object({
  bytes: z.int(),
  outcome: z.enum(['reached', 'target_not_reached']),
  reason: TargetReason.optional().describe('why the result has the size that it has'),
  text: z.string().optional().describe('the same as a sentence'),
  runs: z.int().describe('how often the document was written and judged to find it'),
  measured: z.int().optional().describe('how often its images alone were encoded to find it'),
  strength: z.number().optional().describe('0 for hardly any loss, 1 for most'),
})
export type Target = z.infer<typeof Target>

/** What another level would come to. */
export const OtherLevel = z.object({
  level: Level,
  bytes: z.int().describe('what is most likely'),
  least: z.int().describe('of nine files in ten, it lies between this and `most`, bytes'),
  most: z.int(),
  ratio: z.number(),
  text: z.string().optional().describe('the same as a sentence'),
})
export type OtherLevel = z.infer<typeof OtherLevel>

export const Result = z.object({
  level: Level,
  pages: z.int(),
  bytesBefore: z.int(),
  bytesAfter: z.int(),
  /** bytesAfter / bytesBefore. */
  ratio: z.number(),
  gain: z.enum(['smaller', 'none']),
  summary: z.string().describe('the result in a sentence'),
  /** Why there is no gain. */
  reason: z.string().optional(),
  noGain: NoGainReason.optional().describe('the same as a code'),
  /** The pass whose result was taken. */
  winner: z.string().optional(),
  passes: z.array(ToldPass),
  images: z.array(ImageReport).describe('of the result taken, by kind'),
  pictures: z
    .array(Picture)
    .describe(
      'what came of each image in the result taken, the largest first; of many, those that are alike together',
    ),
  morePictures: MorePictures.optional().describe('those that are too many to be told'),
  pageReports: z
    .array(ToldPage)
    .optional()
    .describe(
      'what came of each page of which there is something to tell; of many, of those that matter most',
    ),
  morePages: z.int().optional().describe('how many such pages are not told'),
  otherLevels: z
    .array(OtherLevel)
    .optional()
    .describe('estimates; absent where the settings were not those of a level, or nothing helped'),
  target: Target.optional().describe('present where a size was asked for'),
  /** Absent when the input was given back, or when nothing that is drawn was changed and its pages take too long to draw. */
  look: Look.optional(),
})
export type Result = z.infer<typeof Result>
