import { JobFailure } from '@pdf-smaller/contracts'
import { type EngineContext, installedLanguages } from '@pdf-smaller/engines'

/**
 * Looks whether languages can be read here.
 * @throws JobFailure unknown_language, with those that can; engine_missing
 */
export async function checkLanguages(languages: readonly string[], context: EngineContext): Promise<void> {
  const installed = await installedLanguages(context)
  const missing = languages.filter((each) => !installed.includes(each))
  if (missing.length === 0) return
  throw new JobFailure('unknown_language', `${missing.join(', ')}; there are ${installed.join(', ')}`)
}
