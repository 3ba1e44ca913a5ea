import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ConfigError } from './config.ts'

const leastBytes = 32

/**
 * A key to sign with: of a file that the operator names, or one of the data folder, which the first process on it makes.
 * @param use what is signed
 * @throws ConfigError when the file cannot be used
 */
export async function ownKey({
  file,
  folder,
  name,
  use,
}: {
  file: string | undefined
  folder: string
  name: string
  use: string
}): Promise<Uint8Array> {
  if (file) return readKey(file, use)
  const shared = path.join(folder, name)
  const own = `${shared}.${process.pid}-${randomBytes(4).toString('hex')}`
  await mkdir(folder, { recursive: true })
  await writeFile(own, randomBytes(leastBytes).toString('base64url'), { mode: 0o600 })
  // Whole or not there, and never in place of another's.
  await link(own, shared).catch(() => {})
  await rm(own, { force: true })
  return readKey(shared, use)
}

async function readKey(file: string, use: string): Promise<Uint8Array> {
  const key = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ConfigError(`the key of ${use} cannot be read: ${String(cause)}`, { cause })
  })
  if (key.trim().length < leastBytes)
    throw new ConfigError(`${file} has to hold at least ${leastBytes} characters to sign ${use} with`)
  return Buffer.from(key.trim())
}
