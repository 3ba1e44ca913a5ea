import type { Encryption } from '@pdf-smaller/engines'
import type { Protection } from './contract.ts'
import type { Part } from './source.ts'

/** What qpdf calls the permissions of ISO 32000-1, table 22. */
const permissions: Record<string, string> = {
  printlow: 'printing',
  printhigh: 'printing in high quality',
  extract: 'copying text and pictures',
  accessibility: 'reading aloud',
  modifyannotations: 'notes',
  modifyforms: 'filling in forms',
  modifyassembly: 'adding, turning and removing pages',
  modifyother: 'other changes',
}

/** Undefined for a document that is not encrypted. */
export function protectionOf(encryption: Encryption | undefined): Protection | undefined {
  if (!encryption) return undefined
  const forbidden = Object.entries(permissions).filter(([key]) => encryption.capabilities[key] === false)
  return { forbids: forbidden.map(([, name]) => name) }
}

/**
 * The part whose protection a new document gets: of those that are protected the one that permits least, and of several
 * such the first. Its owner's password opens the new document, too.
 */
export function mostProtected<P extends Part>(parts: readonly P[]): P | undefined {
  let [most, forbidden]: [P | undefined, number] = [undefined, -1]
  for (const part of parts) {
    const own = protectionOf(part.source.document.encryption)
    if (!own || own.forbids.length <= forbidden) continue
    ;[most, forbidden] = [part, own.forbids.length]
  }
  return most
}
