import { readFile } from 'node:fs/promises'
import { UsageError } from '../program/exit.ts'
import type { Environment } from './environment.ts'

/**
 * The API key: from the environment, or from a file that it names. Never from the arguments, which every user of the
 * machine can read.
 * @throws UsageError when the file cannot be read
 */
export async function apiKeyIn(environment: Environment): Promise<string | undefined> {
  const { PDF_SMALLER_API_KEY: key, PDF_SMALLER_API_KEY_FILE: file } = environment
  if (key || !file) return key || undefined
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`PDF_SMALLER_API_KEY_FILE cannot be read: ${String(cause)}`, { cause })
  })
  return text.trim()
}
