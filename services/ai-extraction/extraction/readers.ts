import { JobFailure } from '@pdf-smaller/contracts'
import type { Engine } from '../engines/engine.ts'
import { llmEngine } from '../engines/llm-engine.ts'
import { rulesEngine } from '../engines/rules-engine.ts'
import type { Model } from '../llm/questions.ts'
import { modelFor } from '../llm/reader/asking.ts'
import { pageImage } from '../reading/page-image.ts'
import type { ExtractionContext, PdfSource } from './input.ts'

/** Who is to read a document: the rules, a model, or both. */
export type Readers = { rules: boolean; model: Model | null }

/**
 * Decides who reads, before anything is read.
 * @throws JobFailure llm_not_configured where a model is asked for and there is none
 */
export async function readersFor({ options, ask }: ExtractionContext): Promise<Readers> {
  const { engine } = options
  if (engine === 'rules') return { rules: true, model: null }
  const model = await modelFor(ask, options.model)
  if (!model && engine !== 'auto') throw new JobFailure('llm_not_configured')
  return { rules: engine === 'both' || !model, model }
}

export function enginesOf(
  { rules, model }: Readers,
  { document, scans }: PdfSource,
  { ask, engine: context }: ExtractionContext,
): Engine[] {
  const imageOf = async (page: number) =>
    scans.has(page) ? pageImage(document.path, page, context) : undefined
  return [...(rules ? [rulesEngine] : []), ...(model ? [llmEngine({ ask, model, imageOf })] : [])]
}
