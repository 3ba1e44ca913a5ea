/**
 * The key under which the same files with the same options are asked for: the same jobs answer. Undefined where a hash is
 * missing. Of texts FNV-1a (64 bits) is enough, as the hashes of files are in it whole or combined.
 */
export function idempotencyKey(
  asked: { task: string; options: unknown; files: readonly { name: string; sha256?: string | undefined }[] },
  salt = '',
): string | undefined {
  const hashes = asked.files.map(({ sha256 }) => sha256)
  if (hashes.some((hash) => hash === undefined)) return undefined
  const names = asked.files.map(({ name }) => name)
  return `page-${fnv1a(JSON.stringify([asked.task, asked.options, names, hashes, salt]))}-${hashes[0]?.slice(0, 32)}`
}

/** FNV-1a of 64 bits (draft-eastlake-fnv), in hexadecimal. */
function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  return hash.toString(16).padStart(16, '0')
}
