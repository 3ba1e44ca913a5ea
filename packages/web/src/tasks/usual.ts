import type { Field, Values } from './fields.ts'
import { valueOf } from './fields.ts'

/** The options that most people ask about, by task; all others are folded. */
const usual: Readonly<Record<string, readonly string[]>> = {
  compress: ['level'],
  'bulk-compress': ['level'],
  ocr: ['languages', 'deskew', 'output'],
  'extract-text': ['format', 'ocr'],
  merge: ['order', 'contents'],
  split: ['by', 'every', 'ranges', 'level', 'megabytes'],
  'convert-to-images': ['format', 'dpi', 'pages'],
  'extract-invoice': ['exports'],
  'extract-bank-statement': ['exports'],
}

/** Options that mean something only beside a value of another one. */
const beside: Readonly<Record<string, Readonly<Record<string, { option: string; is: string }>>>> = {
  split: {
    every: { option: 'by', is: 'every' },
    ranges: { option: 'by', is: 'ranges' },
    level: { option: 'by', is: 'outline' },
    megabytes: { option: 'by', is: 'size' },
  },
}

/** Of an unknown task the first options are taken to be the usual ones. */
const first = 2

/** The fields of a task's form: those that are shown, and those that are folded. */
export function arranged(
  task: string,
  fields: readonly Field[],
  values: Values,
): { shown: Field[]; folded: Field[] } {
  const names = usual[task] ?? fields.slice(0, first).map(({ name }) => name)
  const counts = (field: Field) => {
    const needed = beside[task]?.[field.name]
    const other = needed && fields.find(({ name }) => name === needed.option)
    return !other || valueOf(other, values) === needed.is
  }
  const meant = fields.filter(counts)
  return {
    shown: names.flatMap((name) => meant.find((field) => field.name === name) ?? []),
    folded: meant.filter(({ name }) => !names.includes(name)),
  }
}
