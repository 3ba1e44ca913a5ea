import { JobFailure } from '@pdf-smaller/contracts'
import { mostUnpackedBytes } from './most-unpacked.ts'

const end = 128

/**
 * The bytes behind runs (ISO 32000-1, 7.4.5). What stands before an early end is kept.
 * @throws JobFailure decompression_bomb
 */
export function fromRuns(runs: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  let length = 0
  for (let at = 0; at < runs.length && runs[at] !== end;) {
    const count = runs[at] ?? end
    const part =
      count < end
        ? runs.subarray(at + 1, at + 2 + count)
        : new Uint8Array(257 - count).fill(runs[at + 1] ?? 0)
    parts.push(part)
    length += part.length
    if (length > mostUnpackedBytes)
      throw new JobFailure('decompression_bomb', `runs unpack to over ${mostUnpackedBytes} bytes`)
    at += count < end ? count + 2 : 2
  }
  return Buffer.concat(parts)
}
