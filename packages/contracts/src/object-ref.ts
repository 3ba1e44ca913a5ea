import { z } from 'zod'

/** A file of a job in the object store. */
export const ObjectRef = z.object({
  /**
   * `<tenant>/<jobId>/in/<submission>.<n>/<name>`, `<tenant>/<jobId>/out/<attempt>/<name>` or
   * `<tenant>/<jobId>/corrections/<id>/<name>`. Pages that were drawn of them lie under `<tenant>/<jobId>/pages/`.
   */
  key: z.string(),
  /** The user's own name of the file; the key's last segment is its safe form. */
  name: z.string(),
  size: z.number(),
  sha256: z.string(),
  contentType: z.string(),
  /** An output that could be fetched while the job ran; the first output contains it, too. */
  part: z.literal(true).optional(),
})
export type ObjectRef = z.infer<typeof ObjectRef>

/** Characters of the longest safe name. */
const longestSafeName = 100

/**
 * A user's file name as the last segment of a key: ASCII, at most 100 characters, never beginning with a dot, the
 * extension kept. Letters with marks lose the marks; everything else becomes `_`.
 */
export function safeName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '_')
  const extension = /\.[A-Za-z0-9_-]{1,9}$/.exec(plain)?.[0] ?? ''
  const stem = plain
    .slice(0, plain.length - extension.length)
    .replace(/^[._]+/, '')
    .slice(0, longestSafeName - extension.length)
  return `${stem || 'file'}${extension}`
}

/** Bytes of UTF-8 in the longest shown name: what file systems take. */
const longestShownName = 255

/**
 * A user's file name without path and control characters, at most 255 bytes of UTF-8. Of a longer name the end is
 * kept, where the extension is. `file` when nothing is left, or only dots, which would be a folder.
 */
export function displayName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const shown = lastBytes(last.replaceAll(/\p{C}/gu, ''), longestShownName).trim()
  return /^\.*$/.test(shown) ? 'file' : shown
}

/** The end of a text: whole characters of at most so many bytes of UTF-8. */
function lastBytes(text: string, most: number): string {
  const bytes = new TextEncoder().encode(text)
  let start = Math.max(0, bytes.length - most)
  // Bytes 10xxxxxx go on with a character that began before (RFC 3629).
  while (((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1
  return new TextDecoder().decode(bytes.subarray(start))
}
