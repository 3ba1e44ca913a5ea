import { z } from 'zod'

/** A file of a job in the object store. */
export const ObjectRef = z.object({
  /** `<tenant>/<jobId>/in/<submission>.<n>/<name>` or `<tenant>/<jobId>/out/<attempt>/<name>`. */
  key: z.string(),
  /** The user's own name of the file; the key's last segment is its safe form. */
  name: z.string(),
  size: z.number(),
  sha256: z.string(),
  contentType: z.string(),
})
export type ObjectRef = z.infer<typeof ObjectRef>

/**
 * A user's file name as the last segment of a key: ASCII, at most 100 characters, the extension kept.
 * Letters with marks lose the marks; everything else becomes `_`.
 */
export function safeName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/^[._]+/, '')
  const dot = plain.lastIndexOf('.')
  const extension = dot > 0 && plain.length - dot <= 10 ? plain.slice(dot) : ''
  const stem = plain.slice(0, plain.length - extension.length).slice(0, 100 - extension.length)
  return `${stem || 'file'}${extension}`
}

/** A user's file name without path and control characters, at most 255 bytes of UTF-8; `file` when nothing is left. */
export function displayName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  let clean = last.replaceAll(/\p{C}/gu, '').trim()
  while (new TextEncoder().encode(clean).length > 255) clean = clean.slice(1)
  return clean || 'file'
}
