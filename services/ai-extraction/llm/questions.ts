import { z } from 'zod'
import { parts } from './answers.ts'

/** What of a document the model is asked for at once. */
export const Part = z.enum(parts)
export type Part = z.infer<typeof Part>

const count = z.int().nonnegative()

/** A picture of a page, as base64. */
export const PageImage = z.object({
  page: z.int().positive(),
  type: z.enum(['image/jpeg', 'image/png']),
  data: z.base64().max(12_000_000),
})
export type PageImage = z.infer<typeof PageImage>

/** An answer whose figures do not add up, for another look. */
const Disagreement = z.object({
  answer: z.string().max(1_000_000),
  figures: z.array(z.string().max(1000)).min(1).max(50),
})
export type Disagreement = z.infer<typeof Disagreement>

/**
 * What a task asks the service, which alone has the network and the key. It names what it wants to know, and the service
 * words the question: who has taken a host over gets a document read, and nothing else of the model.
 */
export const Question = z.discriminatedUnion('what', [
  /** Which model reads, and how much of it there is. */
  z.strictObject({ what: z.literal('model'), name: z.string().max(200).optional() }),
  z.strictObject({
    what: z.literal('read'),
    model: z.string().max(200),
    part: Part,
    /** The text of some pages, laid out. */
    text: z.string().max(4_000_000),
    images: z.array(PageImage).max(8),
    disagreement: Disagreement.optional(),
    /** Times the tokens that an answer usually may have. */
    room: z.int().min(1).max(4).default(1),
  }),
])
export type Question = z.input<typeof Question>
export type ReadQuestion = Extract<z.output<typeof Question>, { what: 'read' }>

/** The model of the settings; null where there is none. */
export const ModelAnswer = z
  .object({
    name: z.string(),
    /** Tokens of a question and its answer together. */
    contextTokens: count,
    answerTokens: count,
    mostPages: count,
    takesImages: z.boolean(),
  })
  .nullable()
export type ModelAnswer = z.infer<typeof ModelAnswer>
export type Model = NonNullable<ModelAnswer>

/** What reading a part took; the cost in billionths of the currency's unit. */
export const Spent = z.object({
  calls: count,
  promptTokens: count,
  completionTokens: count,
  nanos: z.string().regex(/^\d+$/),
  currency: z.string(),
})
export type Spent = z.infer<typeof Spent>

/** What was read, and whether the answer was cut off behind the rows that it has. */
export const Reply = z.object({
  /** Of the part's own shape. */
  answer: z.unknown(),
  isCut: z.boolean(),
  takesImages: z.boolean(),
  spent: Spent,
})
export type Reply = z.infer<typeof Reply>
