import { JobFailure } from '@pdf-smaller/contracts'
import type { Engine } from '../engines/engine.ts'
import { llmEngine } from '../engines/llm-engine.ts'
import { rulesEngine } from '../engines/rules-engine.ts'
import { modelFor } from '../llm/reader/asking.ts'
import { pageImage } from '../reading/page-image.ts'
import type { ExtractionContext, Source } from './input.ts'

/**
 * The engines that are to read a document: one, or both.
 * @throws JobFailure llm_not_configured where a model is asked for and there is none
 */
export async function enginesFor(
  { document, scans }: Extract<Source, { kind: 'pdf' }>,
  { options, ask, engine: context }: ExtractionContext,
): Promise<Engine[]> {
  const wanted = options.engine
  if (wanted === 'rules') return [rulesEngine]
  const model = await modelFor(ask, options.model)
  if (!model && wanted === 'auto') return [rulesEngine]
  if (!model) throw new JobFailure('llm_not_configured')
  const imageOf = async (page: number) =>
    scans.has(page) ? pageImage(document.path, page, context) : undefined
  const byModel = llmEngine({ ask, model, imageOf })
  return wanted === 'both' ? [rulesEngine, byModel] : [byModel]
}
