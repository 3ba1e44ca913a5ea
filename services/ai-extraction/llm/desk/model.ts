import { JobFailure } from '@pdf-smaller/contracts'
import type { AiExtractionConfig } from '../../src/settings.ts'
import type { ModelAnswer } from '../questions.ts'

type Settings = Pick<
  AiExtractionConfig,
  'LLM_URL' | 'LLM_MODELS' | 'LLM_CONTEXT_TOKENS' | 'LLM_ANSWER_TOKENS' | 'LLM_MAX_PAGES'
>

/**
 * The model that a job is read by.
 * @param name the one that is asked for
 * @returns null where none is set up and none was asked for
 * @throws JobFailure llm_not_configured for one that may not be asked
 */
export function modelOf(settings: Settings, name: string | undefined, takesImages: boolean): ModelAnswer {
  const { LLM_URL, LLM_MODELS, LLM_CONTEXT_TOKENS, LLM_ANSWER_TOKENS, LLM_MAX_PAGES } = settings
  const [usual] = LLM_URL ? LLM_MODELS : []
  if (name !== undefined && (usual === undefined || !LLM_MODELS.includes(name)))
    throw new JobFailure('llm_not_configured', `${name}; there are ${LLM_MODELS.join(', ') || 'none'}`)
  if (usual === undefined) return null
  return {
    name: name ?? usual,
    contextTokens: LLM_CONTEXT_TOKENS,
    answerTokens: LLM_ANSWER_TOKENS,
    mostPages: LLM_MAX_PAGES,
    takesImages,
  }
}
