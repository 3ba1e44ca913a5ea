import { aboutLlm, type Config } from '@pdf-smaller/platform'
import type { AnswerQuestion, Service, WorkerParts } from '@pdf-smaller/worker'
import { tasks } from '../tasks.ts'

/** The ai-extraction domain as a service, in a process of its own or beside others. */
export function aiExtraction(config: Config): Service {
  return {
    domain: 'ai-extraction',
    tasks,
    concurrency: config.CONCURRENCY_AI_EXTRACTION,
    priority: 'low',
    engines: ['qpdf', 'poppler'],
    tasksModule: new URL('../tasks.ts', import.meta.url),
    answers,
    beside,
  }
}

/** The client of language models is loaded when the first question comes: most systems ask none. */
function answers(parts: WorkerParts): AnswerQuestion {
  let desk: Promise<AnswerQuestion> | undefined
  return async (asked) => {
    desk ??= import('../llm/desk/desk.ts').then(({ openDesk }) => openDesk(parts))
    return (await desk)(asked)
  }
}

/** Tells at the start what jobs would find out; the health check goes on looking. */
async function beside({ config, log }: WorkerParts): Promise<() => Promise<void>> {
  void aboutLlm(config).then((found) => {
    if (found?.problem) log.warn({ url: found.url }, `the language models are of no use: ${found.problem}`)
    else if (found && config.LLM_MODELS.length === 0)
      log.warn({ url: found.url }, 'no model is named in the settings, so that none is asked')
  })
  return async () => {}
}
