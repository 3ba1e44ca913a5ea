import type { AnyField } from '@pdf-smaller/contracts/extraction'
import type { Truth } from './invoices.ts'

/** The fields of a header, as they were read. */
export type Fields = { [name in keyof Truth]: AnyField | undefined }

/**
 * How a value was read. One that is missing is no lie, so that it may be, and is not right either; one that is wrong must be
 * marked as standing nowhere on the page.
 */
export type Verdict = 'right' | 'missing' | 'marked' | 'wrong'

export function verdictOf(field: AnyField | undefined, truth: string): Verdict {
  if (field === undefined) return 'missing'
  const { value, grounded } = field
  if ((typeof value === 'object' ? value.amount : value) === truth) return 'right'
  return grounded ? 'wrong' : 'marked'
}

/** Each field by its verdict, with what was read where that is not right. */
export function verdictsOf(
  fields: Fields,
  truth: Truth,
): { name: string; verdict: Verdict; raw?: string | null }[] {
  const names = Object.keys(truth) as (keyof Truth)[]
  return names.map((name) => {
    const verdict = verdictOf(fields[name], truth[name])
    const { raw } = fields[name] ?? {}
    return { name, verdict, ...(verdict === 'right' || raw === undefined ? {} : { raw }) }
  })
}
