import { JobFailure } from '@pdf-smaller/contracts'
import type { TaskContext } from '@pdf-smaller/task'
import { answers } from '../../services/ai-extraction/llm/answers.ts'
import { Question, type ReadQuestion, Reply } from '../../services/ai-extraction/llm/questions.ts'
import type { Report } from './report.ts'

type Ask = TaskContext<unknown>['ask']

/**
 * Asks no more than so many questions, and none for a longer answer than is usual: what goes beyond is refused as a budget
 * would refuse it. Tells of each question what came of it; an answer that is accepted has to have its part's shape.
 */
export function boundedAsk(ask: Ask, most: number, { say, check }: Report): Ask {
  let asked = 0
  const read = async (question: ReadQuestion) => {
    if (++asked > most || question.room > 1) throw new JobFailure('llm_budget', `${most} questions`)
    const reply = Reply.parse(await ask(question))
    const { answer, isCut, spent } = reply
    say(
      `     it answers ${spent.promptTokens} tokens with ${spent.completionTokens}${isCut ? ', cut off' : ''}`,
    )
    check(`the answer about ${question.part} has its shape`, answers[question.part].safeParse(answer).success)
    return reply
  }
  return async (given) => {
    const question = Question.parse(given)
    if (question.what !== 'read') return ask(question)
    say(`     it is asked about ${question.part}`)
    try {
      return await read(question)
    } catch (error) {
      say(`     ${error instanceof JobFailure ? error.message : String(error)}`)
      throw error
    }
  }
}
