import type { Choice, DocumentType, Gate } from '@pdf-smaller/contracts/extraction'

/** What an engine says of a document besides its fields. */
export type Read = {
  documentType: DocumentType
  pages: number[]
  language?: string | undefined
  gate: Gate
  choices: Choice[]
}
