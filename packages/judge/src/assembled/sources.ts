import type { EngineContext } from '@pdf-smaller/engines'
import { openPdfium } from '@pdf-smaller/pdfium'
import type { Drawable } from '../look/pairs.ts'
import type { SourceDocument } from './asked.ts'
import { type Facts, openFacts } from './facts.ts'
import { type Texts, textsOf } from './page-texts.ts'

/** What a document carries, says and looks like, and its objects. */
export type Known = Pick<SourceDocument, 'objects' | 'pages'> & {
  facts: Facts
  texts: Texts
  drawable: Drawable
}

export function knownOf(document: SourceDocument, context: EngineContext): Known {
  const { path, objects, pages } = document
  const pdfium = openPdfium(path, context)
  const texts = textsOf(path, pdfium, pages.length, context)
  return { objects, pages, facts: openFacts(document), texts, drawable: { path, pdfium } }
}

/** Documents that others are made of; each is found out about once. */
export type Sources = Disposable & { of: (document: SourceDocument) => Known }

export function openSources(context: EngineContext): Sources {
  const known = new Map<SourceDocument, Known>()
  return {
    of: (document) => {
      const own = known.get(document) ?? knownOf(document, context)
      known.set(document, own)
      return own
    },
    [Symbol.dispose]: () => {
      for (const { drawable } of known.values()) drawable.pdfium.close()
    },
  }
}
