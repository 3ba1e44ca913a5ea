import type { EngineContext } from '@pdf-smaller/engines'
import { type Features, features } from '@pdf-smaller/judge'
import { inspect, type InspectedPdf } from '@pdf-smaller/pdf'
import type { Source } from './options.ts'

/** A document that may be worked on, and what it carried before anything was changed. */
export type InspectedDocument = InspectedPdf & { features: Features }

/** Looks whether a file can be worked on, as all tasks do, and notes what has to be kept. */
export async function inspectedForCompression(
  { path, signed = false }: Pick<Source, 'path' | 'signed'>,
  context: EngineContext,
): Promise<InspectedDocument> {
  const document = await inspect(path, context, { signed })
  const { copy, pageReferences, encryption } = document
  return { ...document, features: await features(copy, pageReferences, encryption) }
}
