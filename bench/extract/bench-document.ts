import type { DocumentTruth } from '@pdf-smaller/testing/extraction/truth'

export type SetName = 'development' | 'set aside' | 'own' | 'hostile'

/** A document that readings are scored on. */
export type BenchDocument = {
  name: string
  set: SetName
  /** One for each document in the file. */
  truths: DocumentTruth[]
  /** False where XML in the file contradicts the page: whatever adds up, nothing is to be called reconciled. */
  mayReconcile: boolean
  bytes: () => Promise<Buffer>
}
