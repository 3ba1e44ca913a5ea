import { ownDocuments as made } from '../../test/fixtures/extraction/set.ts'
import type { BenchDocument } from './bench-document.ts'

/** The documents that this project makes itself. */
export function ownDocuments(): BenchDocument[] {
  return made().map(({ name, truths, make }) => ({
    name,
    set: 'own',
    truths,
    mayReconcile: true,
    bytes: make,
  }))
}
