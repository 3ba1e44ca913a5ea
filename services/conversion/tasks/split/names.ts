import { z } from 'zod'
import type { Cut } from './cuts.ts'

const placeholders = ['name', 'from', 'to', 'index', 'title'] as const

/** How the files are named; each has a number in its name, or gets one. */
export const Template = z
  .string()
  .min(1)
  .max(200)
  .regex(
    new RegExp(`^(?:[^{}]|\\{(?:${placeholders.join('|')})\\})+$`),
    `between braces stands one of ${placeholders.join(', ')}`,
  )

/** Characters of a title in a name. */
const longestTitle = 80

/** A title as a part of a name; nothing when it is made of dots and spaces alone. */
const shownTitle = (title = '') => (/^[.\s]*$/.test(title) ? '' : title.slice(0, longestTitle).trim())

/** The name of a part; page numbers are as wide as the last one, so that names sort as the pages do. */
export function nameOf(
  template: string,
  { pages, title }: Cut,
  { name, index, last }: { name: string; index: number; last: number },
): string {
  const wide = (page: number) => String(page).padStart(String(last).length, '0')
  const values: Record<(typeof placeholders)[number], string> = {
    name,
    from: wide(Math.min(...pages)),
    to: wide(Math.max(...pages)),
    index: wide(index + 1),
    title: shownTitle(title) || name,
  }
  let filled = template
  for (const placeholder of placeholders)
    filled = filled.replaceAll(`{${placeholder}}`, () => values[placeholder])
  // A slash in a title is no folder.
  return `${filled.replaceAll(/[/\\]/g, '-')}.pdf`
}
