import type { PageRanges } from './page-ranges.ts'

const units = ['B', 'kB', 'MB', 'GB']

/** A size as people read it; powers of 1,000. */
export function sizeText(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, Math.abs(bytes))) / 3))
  const value = bytes / 1000 ** power
  return `${power === 0 ? value : value.toFixed(Math.abs(value) < 10 ? 2 : 1)} ${units[power]}`
}

/** `page 3`, `pages 1–4, 7 and 12 more`; empty where they are not known. */
export function pagesText({ ranges, more }: PageRanges): string {
  const named = ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`)).join(', ')
  const [only] = ranges
  const isOne = ranges.length === 1 && only?.first === only?.last && more === 0
  return `${isOne ? 'page' : 'pages'} ${named}${more > 0 ? ` and ${more} more` : ''}`
}

/** So that what breaks a limit by little does not read as if it kept to it. */
export const percent = (part: number) => `${(part * 100).toFixed(1)} %`
