import type { Hashing } from './hashing.ts'
import { newId } from './send-file.ts'

/** Enough to tell keys apart; nothing of a key can be told from it. */
const length = 16

/** Names whoever has a key, by its SHA-256; where that cannot be worked out, by a name that no later visit has. */
export async function ownerOf(key: string, hashing: Hashing): Promise<string> {
  if (key === '') return ''
  const hash = await hashing(newId(), new Blob([key]))
  return hash?.slice(0, length) ?? newId()
}
