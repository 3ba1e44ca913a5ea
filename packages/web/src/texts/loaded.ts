import type { Language } from './language.ts'
import type { Texts } from './words.ts'

const sources = {
  en: async () => (await import('./en.ts')).en,
  de: async () => (await import('./de.ts')).de,
} satisfies Record<Language, () => Promise<Texts>>

const loaded = new Map<Language, Texts>()

/** Loads the words of a language; nobody loads those of others. */
export async function loadTexts(language: Language): Promise<void> {
  loaded.set(language, await sources[language]())
}

/** The words of a language that was loaded. */
export function textsOf(language: Language): Texts {
  const texts = loaded.get(language)
  if (!texts) throw new Error(`the words of ${language} were not loaded`)
  return texts
}
