import { z } from '../../../api/parts.ts'

/** Pages, as ranges, and how many there are beyond these. */
export const Pages = z.object({
  ranges: z.array(z.object({ first: z.number(), last: z.number() })),
  more: z.number(),
})
export type Pages = z.output<typeof Pages>

const found = { reason: z.string(), measured: z.optional(z.number()), limit: z.optional(z.number()) }

const Pass = z.object({
  name: z.string(),
  outcome: z.enum(['won', 'kept', 'rejected', 'failed', 'skipped']),
  saved: z.optional(z.number()),
  why: z.optional(z.string()),
  reason: z.optional(z.string()),
  refusals: z.optional(z.array(z.object({ ...found, pages: Pages }))),
})
export type Pass = z.output<typeof Pass>

const RefusedForm = z.object({
  ...found,
  form: z.string(),
  ppi: z.optional(z.number()),
  bytes: z.number(),
  page: z.optional(z.number()),
})
export type RefusedForm = z.output<typeof RefusedForm>
export type Found = Pick<RefusedForm, 'reason' | 'measured' | 'limit'>

const AtLevel = z.object({
  level: z.string(),
  does: z.string(),
  mostLost: z.optional(z.number()),
  mostPpi: z.optional(z.number()),
  paperPpi: z.optional(z.number()),
})
export type AtLevel = z.output<typeof AtLevel>

const sizes = { bytesBefore: z.number(), bytesAfter: z.number() }

const Picture = z.object({
  ...sizes,
  class: z.string(),
  form: z.optional(z.string()),
  reason: z.optional(z.string()),
  count: z.number(),
  pages: Pages,
  ppiBefore: z.optional(z.number()),
  ppiAfter: z.optional(z.number()),
  lost: z.optional(z.number()),
  encodedAs: z.optional(z.string()),
  refused: z.optional(z.array(RefusedForm)),
  atLevels: z.optional(z.object({ levels: z.array(AtLevel) })),
})
export type Picture = z.output<typeof Picture>

const Page = z.object({
  ...sizes,
  page: z.number(),
  pictures: z.number(),
  ssim: z.optional(z.number()),
  refused: z.optional(z.array(z.string())),
})
export type Page = z.output<typeof Page>

const OtherLevel = z.object({ level: z.string(), bytes: z.number(), least: z.number(), most: z.number() })
export type OtherLevel = z.output<typeof OtherLevel>

/** What the result of compressing tells; one of another release may tell less. */
export const Told = z.object({
  level: z.optional(z.string()),
  bytesAfter: z.optional(z.number()),
  gain: z.optional(z.string()),
  noGain: z.optional(z.string()),
  passes: z.optional(z.array(Pass)),
  pictures: z.optional(z.array(Picture)),
  morePictures: z.optional(z.object({ ...sizes, count: z.number() })),
  pageReports: z.optional(z.array(Page)),
  morePages: z.optional(z.number()),
  otherLevels: z.optional(z.array(OtherLevel)),
  target: z.optional(z.object({ reason: z.optional(z.string()) })),
})
export type Told = z.output<typeof Told>
