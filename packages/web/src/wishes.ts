import { effect, signal } from '@preact/signals'
import { languageOf, type Language } from './texts/languages.ts'

/** What a visitor has chosen for this browser; without a choice the browser's own settings count. */
export type Scheme = 'auto' | 'light' | 'dark'

const kept = (name: string) => {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

const keep = (name: string, value: string) => {
  try {
    localStorage.setItem(name, value)
  } catch {
    // A browser that keeps nothing asks for nothing.
  }
}

const schemes: readonly string[] = ['auto', 'light', 'dark'] satisfies Scheme[]
const isScheme = (value: string | null): value is Scheme => value !== null && schemes.includes(value)

const chosenScheme = kept('scheme')
export const scheme = signal<Scheme>(isScheme(chosenScheme) ? chosenScheme : 'auto')
export const language = signal<Language>(languageOf([kept('language') ?? '', ...navigator.languages]))

export function chooseScheme(chosen: Scheme): void {
  scheme.value = chosen
  keep('scheme', chosen)
}

export function chooseLanguage(chosen: Language): void {
  language.value = chosen
  keep('language', chosen)
}

/** Lets the document follow. */
export function followWishes(): void {
  effect(() => {
    const { documentElement: root } = document
    root.lang = language.value
    if (scheme.value === 'auto') delete root.dataset['scheme']
    else root.dataset['scheme'] = scheme.value
  })
}
