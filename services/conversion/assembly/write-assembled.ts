import { rm, stat } from 'node:fs/promises'
import { encryptAs, type EngineContext } from '@pdf-smaller/engines'
import { type DocumentContent, writeDocument } from '@pdf-smaller/pdf'
import { mostProtected } from './protection.ts'
import type { Part } from './source.ts'

/**
 * Writes a document made of some parts, protected as the one of them that permits least: what was locked does not leave
 * in the open.
 * @returns the size of the file, bytes
 */
export async function writeAssembled(
  file: string,
  content: DocumentContent,
  parts: readonly Part[],
  context: EngineContext,
): Promise<number> {
  const lock = mostProtected(parts)
  if (!lock) return writeDocument(file, content)
  const plain = `${file}.plain`
  await writeDocument(plain, content)
  await encryptAs(lock.source.document.path, plain, file, context)
  await rm(plain)
  return (await stat(file)).size
}
