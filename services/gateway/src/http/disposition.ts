import { safeName } from '@pdf-smaller/contracts'

/** A Content-Disposition that saves the answer under a file's own name, in UTF-8 and plain (RFC 6266, RFC 8187). */
export function attachment(name: string): string {
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${safeName(name)}"; filename*=UTF-8''${encoded}`
}
