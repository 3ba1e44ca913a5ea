import { effect, signal } from '@preact/signals'
import { keepWish, keptWishes, type Scheme, showWishes } from './kept-wishes.ts'
import type { Language } from './texts/language.ts'
import { loadTexts } from './texts/loaded.ts'

const before = keptWishes()
export const scheme = signal<Scheme>(before.scheme)
export const language = signal<Language>(before.language)

export function chooseScheme(chosen: Scheme): void {
  scheme.value = chosen
  keepWish('scheme', chosen)
}

/** @throws where its words cannot be loaded */
export async function chooseLanguage(chosen: Language): Promise<void> {
  await loadTexts(chosen)
  language.value = chosen
  keepWish('language', chosen)
}

/** Lets the document follow. */
export function followWishes(): void {
  effect(() => showWishes({ scheme: scheme.value, language: language.value }))
}
