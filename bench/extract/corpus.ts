import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { DocumentTruth } from '@pdf-smaller/testing/extraction/truth'
import type { BenchDocument } from './bench-document.ts'

const folder = path.join(import.meta.dirname, '../../../shared/corpus/extraction')

/** Their embedded XML says something else than the page, so that nothing about them is settled. */
const contradicted = new Set(['inv-de-acme42', 'inv-de-beispiel503', 'inv-fr-moulin-avoir05'])

/**
 * The shared documents: every third row of their index is set aside, so that nobody has seen it who wrote what reads them.
 */
export async function sharedDocuments(): Promise<BenchDocument[]> {
  const index = await readFile(path.join(folder, 'INDEX.tsv'), 'utf8')
  const files = index
    .split('\n')
    .slice(1)
    .flatMap((row) => row.split('\t')[0] || [])
  return Promise.all(
    files.map(async (file, row) => {
      const name = path.basename(file, '.pdf')
      const truth = JSON.parse(await readFile(path.join(folder, `${name}.truth.json`), 'utf8')) as unknown
      return {
        name,
        set: row % 3 === 2 ? 'set aside' : 'development',
        truths: [DocumentTruth.parse(truth)],
        mayReconcile: !contradicted.has(name),
        bytes: () => readFile(path.join(folder, file)),
      } satisfies BenchDocument
    }),
  )
}
