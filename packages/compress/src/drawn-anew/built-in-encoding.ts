import { standardEncoding } from './standard-encoding.ts'

/** The clear part of a Type 1 program ends here (Adobe Type 1 Font Format, 2.3). */
const clearEnd = 'eexec'

/**
 * The names of the glyphs by their codes, as a Type 1 font program gives them itself; undefined when it
 * says it in a way of its own (Adobe Type 1 Font Format, 2.2).
 */
export function builtInEncoding(program: Uint8Array): Map<number, string> | undefined {
  const text = Buffer.from(program).toString('latin1')
  const clear = text.slice(0, Math.max(0, text.indexOf(clearEnd)))
  if (/\/Encoding\s+StandardEncoding\s+(readonly\s+)?def/.test(clear)) return standardEncoding()
  const names = new Map<number, string>()
  for (const [, code, name] of clear.matchAll(/dup\s+(\d+)\s*(\/[^\s/[\](){}<>%]+)\s+put/g))
    names.set(Number(code), name ?? '')
  return names.size > 0 ? names : undefined
}
