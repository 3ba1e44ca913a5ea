import { standardEncoding } from './standard-encoding.ts'

/** The clear part of a Type 1 program ends here (Adobe Type 1 Font Format, 2.3). */
const clearEnd = 'eexec'

/** A code and its name; numbers may be told in another base (PostScript Language Reference, 3.2.2: 8#101). */
const entry = /dup\s+(?:(\d+)#)?(\w+)\s*(\/[^\s/[\](){}<>%]+)\s+put/g

/**
 * The names of the glyphs by their codes, as a Type 1 font program gives them itself; undefined when it
 * says it in a way of its own (Adobe Type 1 Font Format, 2.2).
 */
export function builtInEncoding(program: Uint8Array): Map<number, string> | undefined {
  const text = Buffer.from(program).toString('latin1')
  const clear = text.slice(0, Math.max(0, text.indexOf(clearEnd)))
  if (/\/Encoding\s+StandardEncoding\s+(readonly\s+)?def/.test(clear)) return standardEncoding()
  const names = new Map<number, string>()
  for (const [, base, digits, name] of clear.matchAll(entry)) {
    const code = Number.parseInt(digits ?? '', Number(base ?? 10))
    if (code < 256) names.set(code, name ?? '')
  }
  return names.size > 0 ? names : undefined
}
