import type { EngineContext } from '@pdf-smaller/engines'
import { inspect as inspectPdf, type InspectedPdf } from '@pdf-smaller/pdf'
import { type Features, features } from './judge/features.ts'

/** A document that may be worked on, and what it carried before anything was changed. */
export type InspectedDocument = InspectedPdf & { features: Features }

/** Looks whether a file can be worked on, as all tasks do, and notes what has to be kept. */
export async function inspect(file: string, context: EngineContext): Promise<InspectedDocument> {
  const document = await inspectPdf(file, context, { keys: ['outlines', 'acroform', 'attachments'] })
  return { ...document, features: features(document.json, document.copy) }
}
