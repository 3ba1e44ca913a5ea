import { languageOf, type Language } from './texts/language.ts'

/** What a visitor has chosen for this browser; without a choice the browser's own settings count. */
export type Scheme = 'auto' | 'light' | 'dark'
export type Wishes = { scheme: Scheme; language: Language }

const schemes: readonly string[] = ['auto', 'light', 'dark'] satisfies Scheme[]
const isScheme = (value: string | null): value is Scheme => value !== null && schemes.includes(value)

const kept = (name: string) => {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

/** What this browser is to see. */
export function keptWishes(): Wishes {
  const scheme = kept('scheme')
  return {
    scheme: isScheme(scheme) ? scheme : 'auto',
    language: languageOf([kept('language') ?? '', ...navigator.languages]),
  }
}

export function keepWish(name: keyof Wishes, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // A browser that keeps nothing asks for nothing.
  }
}

/** Lets the document be seen like that. */
export function showWishes({ scheme, language }: Wishes): void {
  const { documentElement: root } = document
  root.lang = language
  if (scheme === 'auto') delete root.dataset['scheme']
  else root.dataset['scheme'] = scheme
}
