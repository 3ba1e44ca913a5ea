import { hostileDocuments } from '../../test/fixtures/extraction/hostile.ts'
import type { MadeDocument } from '../../test/fixtures/extraction/made.ts'
import { ownDocuments as usualDocuments } from '../../test/fixtures/extraction/set.ts'
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
