import type { Language } from '../language.ts'
import type { ReportTexts } from './words.ts'

const sources = {
  en: async () => (await import('./en.ts')).en,
  de: async () => (await import('./de.ts')).de,
} satisfies Record<Language, () => Promise<ReportTexts>>

/** The words of reports in a language. */
export const reportTexts = (language: Language): Promise<ReportTexts> => sources[language]()
