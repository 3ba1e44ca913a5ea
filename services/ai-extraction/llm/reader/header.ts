import { JobFailure } from '@pdf-smaller/contracts'
import type { AnswerOf } from '../answers.ts'
import type { Disagreement, Part } from '../questions.ts'
import type { Asking } from './asking.ts'
import type { TextLine } from './text-lines.ts'

/** What an answer that was cut off gets at its second try, in rooms of the first. */
const secondRoom = 2

/**
 * Asks for what stands once in a document. An answer that was cut off is asked for once more, with twice the room.
 * @throws JobFailure llm_cut, and others of the service
 */
export async function readOnce<P extends Exclude<Part, 'invoice-lines' | 'statement-rows'>>(
  part: P,
  lines: readonly TextLine[],
  asking: Asking,
  disagreement?: Disagreement,
): Promise<AnswerOf[P]> {
  const more = disagreement ? { disagreement } : {}
  try {
    return (await asking.read(part, lines, more)).answer
  } catch (error) {
    if (!(error instanceof JobFailure) || error.code !== 'llm_cut') throw error
    return (await asking.read(part, lines, { ...more, room: secondRoom })).answer
  }
}
