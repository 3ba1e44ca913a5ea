import type { EngineContext } from '@pdf-smaller/engines'
import { inspect } from '@pdf-smaller/pdf'
import { examine } from './examine.ts'
import { archiveFactsOf } from './facts.ts'
import type { Finding } from './finding.ts'

/**
 * Looks whether a file follows PDF/A-2b (ISO 19005-2), as far as its objects and contents tell; of what stands
 * in its fonts, only widths of TrueType are compared with what is said of them.
 * @returns the rules that it breaks, with the clause and the object
 * @throws JobFailure as `inspect` does
 */
export async function checkPdfA(file: string, context: EngineContext): Promise<Finding[]> {
  const document = await inspect(file, context, { signed: true })
  const isEncrypted = document.encryption !== undefined
  const { findings } = examine(await archiveFactsOf(document, context.signal))
  if (!isEncrypted) return findings
  return [{ clause: '6.1.3', says: 'it is encrypted', object: 'trailer' }, ...findings]
}
