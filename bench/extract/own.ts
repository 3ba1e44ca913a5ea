import { hostileDocuments } from '@pdf-smaller/testing/extraction/hostile'
import type { MadeDocument } from '@pdf-smaller/testing/extraction/made'
import { ownDocuments as usualDocuments } from '@pdf-smaller/testing/extraction/set'
import type { BenchDocument, SetName } from './bench-document.ts'

/** The documents that this project makes itself. */
export function ownDocuments(): BenchDocument[] {
  return [...usualDocuments().map(inSet('own')), ...hostileDocuments().map(inSet('hostile'))]
}

const inSet =
  (set: SetName) =>
  ({ name, truths, make }: MadeDocument): BenchDocument => ({
    name,
    set,
    truths,
    mayReconcile: true,
    bytes: make,
  })
