import type { Usage } from '@pdf-smaller/contracts/extraction'
import type { z } from 'zod'
import { type AnswerOf, answers } from '../answers.ts'
import {
  type Model,
  ModelAnswer,
  type PageImage,
  type Part,
  type Question,
  Reply,
  type Spent,
} from '../questions.ts'
import { type TextLine, textOfLines } from './text-lines.ts'

/** Asks the service, which has the network and the key. */
export type Ask = (question: Question) => Promise<unknown>

type Answer<P extends Part> = { answer: AnswerOf[P]; isCut: boolean }
const shapes: { [P in Part]: z.ZodType<AnswerOf[P]> } = answers

/** A model, and what it was asked so far. */
export type Asking = {
  model: Model
  /** @param more what to ask with beside the lines: that figures disagree, or that there be more room for the answer */
  read: <P extends Part>(
    part: P,
    lines: readonly TextLine[],
    more?: Pick<Extract<Question, { what: 'read' }>, 'disagreement' | 'room'>,
  ) => Promise<Answer<P>>
  usage: () => Usage
}

/** The model of the service; null where there is none. @throws JobFailure llm_not_configured */
export async function modelFor(ask: Ask, name: string | undefined): Promise<ModelAnswer> {
  return ModelAnswer.parse(await ask({ what: 'model', ...(name === undefined ? {} : { name }) }))
}

/** Pictures that go with one question. */
const mostImages = 4

/**
 * @param imageOf gives the picture of a page that the model is to be shown; undefined for pages that are told in words
 */
export function openAsking(
  ask: Ask,
  model: Model,
  imageOf: (page: number) => Promise<string | undefined>,
): Asking {
  let { takesImages } = model
  let spent: Spent = { calls: 0, promptTokens: 0, completionTokens: 0, nanos: '0', currency: '' }
  const imagesOf = async (lines: readonly TextLine[]): Promise<PageImage[]> => {
    const pages = takesImages ? [...new Set(lines.map(({ page }) => page))].slice(0, mostImages) : []
    const images: PageImage[] = []
    for (const page of pages) {
      const data = await imageOf(page)
      if (data !== undefined) images.push({ page, type: 'image/jpeg', data })
    }
    return images
  }
  return {
    model,
    read: async (part, lines, more = {}) => {
      const images = await imagesOf(lines)
      const text = textOfLines(lines)
      const given = await ask({ what: 'read', model: model.name, part, text, images, ...more })
      const { answer, isCut, ...read } = Reply.parse(given)
      takesImages = read.takesImages
      spent = sumOf(spent, read.spent)
      // The worker has parsed it already; what comes over a channel is parsed on both sides.
      return { answer: shapes[part].parse(answer), isCut }
    },
    usage: () => usageOf(spent),
  }
}

function sumOf(one: Spent, other: Spent): Spent {
  return {
    calls: one.calls + other.calls,
    promptTokens: one.promptTokens + other.promptTokens,
    completionTokens: one.completionTokens + other.completionTokens,
    nanos: String(BigInt(one.nanos) + BigInt(other.nanos)),
    currency: other.currency,
  }
}

function usageOf({ calls, promptTokens, completionTokens, nanos, currency }: Spent): Usage {
  const digits = nanos.padStart(10, '0')
  const amount = `${digits.slice(0, -9)}.${digits.slice(-9).replace(/0{1,7}$/, '')}`
  return {
    calls,
    promptTokens,
    completionTokens,
    ...(nanos === '0' ? {} : { cost: { amount, currency } }),
  }
}
