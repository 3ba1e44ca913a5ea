import { sha256 } from '@noble/hashes/sha2.js'

/** Read at once: large enough to be quick, small enough to be nothing. */
const partBytes = 4 * 1024 * 1024

const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Answers each file with its SHA-256 in hexadecimal, and with nothing where it cannot be read. */
addEventListener('message', ({ data: { id, file } }: MessageEvent<{ id: string; file: Blob }>) => {
  void hashOf(file)
    .catch(() => undefined)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- only who has started it hears it
    .then((sha256) => postMessage({ id, sha256 }))
})

async function hashOf(file: Blob): Promise<string> {
  const hash = sha256.create()
  for (let start = 0; start < file.size; start += partBytes)
    hash.update(new Uint8Array(await file.slice(start, start + partBytes).arrayBuffer()))
  return hexOf(hash.digest())
}
