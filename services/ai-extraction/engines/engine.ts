import type { EngineRun, ExtractedDocument, ExtractionKind, Usage } from '@pdf-smaller/contracts/extraction'
import type { PageWords } from '../reading/page-words.ts'

/** What an engine has read. */
export type EngineResult = {
  engine: EngineRun
  documents: ExtractedDocument[]
  /** What a person should know of how it went. */
  notes: string[]
  usage?: Usage
}

/** What an engine is given beside the pages. */
export type EngineContext = {
  kind: ExtractionKind
  signal: AbortSignal
  /** Tells how far it is; `total` parts, `done` of them read. */
  tell: (done: number, total: number, message: string) => void
}

/** Reads the documents that stand on pages: their fields, checked. */
export type Engine = (pages: readonly PageWords[], context: EngineContext) => Promise<EngineResult>
