import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { referenceDocuments } from './docs/documents.ts'
import { startSystemProcess } from '@pdf-smaller/testing/system'

/** Writes the reference documents from the schemas that the code itself uses. */
const docs = path.resolve(import.meta.dirname, '../docs')
const system = await startSystemProcess()
try {
  const documents = await referenceDocuments(system.url)
  // What is published no more goes, too.
  await rm(path.join(docs, 'events/schemas'), { recursive: true, force: true })
  for (const [name, text] of documents) {
    await mkdir(path.dirname(path.join(docs, name)), { recursive: true })
    await writeFile(path.join(docs, name), text)
    process.stdout.write(`${name}\n`)
  }
} finally {
  await system.close()
}
