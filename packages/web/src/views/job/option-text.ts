import { formats, t } from '../../texts/index.ts'

/** An option as people read it, in the words that the form has for what can be chosen. */
export function optionText(name: string, value: unknown): string {
  const { job: words, task } = t.value
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'number') return formats.value.number(value)
  if (typeof value === 'string') return choiceText(name === 'level' ? task.levels : task.values, value)
  if (Array.isArray(value)) return value.map((each) => optionText(name, each)).join(', ')
  return JSON.stringify(value)
}

const choiceText = (words: Readonly<Record<string, string>>, value: string) =>
  (Object.hasOwn(words, value) ? words[value] : undefined) ?? value
