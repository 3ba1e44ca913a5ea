import type { EngineContext } from '@pdf-smaller/engines'
import type { SourceDocument } from './asked.ts'
import { type Facts, factsOf } from './facts.ts'
import { type PageTexts, pageTexts } from './page-texts.ts'

/** What a document carries and says, found out once for all documents that are made of it. */
export type Known = { facts: Facts; texts: PageTexts }

/** Remembers what was found out of documents. */
export function openSources(context: EngineContext): (document: SourceDocument) => Known {
  const known = new Map<SourceDocument, Known>()
  return (document) => {
    const own = known.get(document) ?? {
      facts: factsOf(document),
      texts: pageTexts(document.path, document.pages.length, context),
    }
    known.set(document, own)
    return own
  }
}
