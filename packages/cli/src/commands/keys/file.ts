import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { z } from 'zod'
import { UsageError } from '../../program/exit.ts'

/** What a file of keys holds of one; what else stands there is kept. */
const Entry = z.looseObject({
  id: z.string(),
  tenant: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  expiresAt: z.string().optional(),
  sha256: z.string().optional(),
})
export type Entry = z.infer<typeof Entry>

/** @throws UsageError where it is no file of keys */
export async function readKeys(file: string): Promise<Entry[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be read: ${String(cause)}`, { cause })
  })
  try {
    return z.array(Entry).parse(JSON.parse(text))
  } catch (cause) {
    throw new UsageError(`${file} is not a list of API keys`, { cause })
  }
}

/**
 * Changes a file of keys, which is either the old one or the new one at any time.
 * @throws UsageError where it is no such file, or another command is changing it
 */
export async function changeKeys(file: string, change: (entries: Entry[]) => Entry[]): Promise<void> {
  const beside = `${file}.new`
  const mode = (await stat(file).catch(() => undefined))?.mode ?? 0o600
  // Whoever has made it may write; two commands at once would lose one key.
  const next = await open(beside, 'wx', mode & 0o777).catch((error: unknown) => {
    throw new UsageError(`${beside} cannot be written: ${String(error)}`, { cause: error })
  })
  try {
    const entries = await readKeys(file).catch(async (error: unknown) => {
      if (await stat(file).catch(() => undefined)) throw error
      return []
    })
    await next.writeFile(`${JSON.stringify(change(entries), undefined, 2)}\n`)
    await next.sync()
    await next.close()
    await rename(beside, file)
  } catch (error) {
    await next.close()
    await rm(beside, { force: true })
    throw error
  }
}

/** A key without its hash, which is of no use to who reads a list. */
export function withoutHash(key: Entry): Entry {
  const entry = { ...key }
  delete entry.sha256
  return entry
}
