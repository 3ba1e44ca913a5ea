import { aboutLlm, ConfigError } from '@pdf-smaller/platform'
import type { AnswerQuestion, Service, WorkerParts } from '@pdf-smaller/worker'
import { tasks } from '../tasks.ts'
import type { AiExtractionConfig } from './settings.ts'

/**
 * The ai-extraction domain as a service, in a process of its own or beside others.
 * @throws ConfigError for a budget that nothing counts against
 */
export function aiExtraction(config: AiExtractionConfig): Service {
  const { LLM_BUDGET, LLM_INPUT_PRICE, LLM_OUTPUT_PRICE } = config
  if (LLM_BUDGET !== undefined && LLM_INPUT_PRICE + LLM_OUTPUT_PRICE === 0)
    throw new ConfigError(
      'PDF_SMALLER_LLM_BUDGET needs PDF_SMALLER_LLM_INPUT_PRICE or PDF_SMALLER_LLM_OUTPUT_PRICE',
    )
  return {
    domain: 'ai-extraction',
    tasks,
    concurrency: config.CONCURRENCY_AI_EXTRACTION,
    priority: 'low',
    engines: ['qpdf', 'poppler'],
    tasksModule: new URL('../tasks.ts', import.meta.url),
    answers: (parts) => answersOf(config, parts),
    beside: ({ log }) => beside(config, log),
  }
}

/** The client of language models is loaded when the first question comes: most systems ask none. */
function answersOf(config: AiExtractionConfig, { metrics, connection }: WorkerParts): AnswerQuestion {
  let desk: Promise<AnswerQuestion> | undefined
  return async (asked) => {
    desk ??= import('../llm/desk/desk.ts').then(({ openDesk }) => openDesk({ config, metrics, connection }))
    return (await desk)(asked)
  }
}

/** Tells at the start by what documents are read, which jobs would find out; the health check goes on looking. */
async function beside(config: AiExtractionConfig, log: WorkerParts['log']): Promise<() => Promise<void>> {
  void aboutLlm(config).then((found) => {
    const { LLM_MODELS: models } = config
    if (!found && models.length > 0)
      log.warn(
        { models },
        'models are named in the settings, and no PDF_SMALLER_LLM_URL: rules read documents',
      )
    else if (!found) log.info('no language model is set up: rules read documents')
    else if (found.problem)
      log.warn(
        { url: found.url },
        `the language models are of no use: ${found.problem}; until they are, jobs fail that do not ask with engine "rules"`,
      )
    else if (models.length === 0)
      log.warn({ url: found.url }, 'no model is named in PDF_SMALLER_LLM_MODELS: rules read documents')
    else log.info({ url: found.url, models }, 'a language model reads documents')
  })
  return async () => {}
}
