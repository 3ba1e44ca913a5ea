import { textStringOf } from '@pdf-smaller/pdf'
import type { Part, Source } from '../../assembly/source.ts'
import type { Options } from './options.ts'

const alphabetical = new Intl.Collator('en', { numeric: true })

/** The parts in the order wished for; those that have no date or title come last, in the order given. */
export function inOrder(parts: readonly Part[], order: Options['order']): Part[] {
  switch (order) {
    case 'given':
      return [...parts]
    case 'name':
      return parts.toSorted((one, other) => alphabetical.compare(one.source.name, other.source.name))
    case 'title':
      return parts.toSorted((one, other) =>
        compare(infoOf(one.source, '/Title'), infoOf(other.source, '/Title')),
      )
    case 'date':
      return parts.toSorted((one, other) => compare(createdAt(one.source), createdAt(other.source)))
    default:
      return order satisfies never
  }
}

function compare(one: string, other: string): number {
  if (one === '' || other === '') return Number(one === '') - Number(other === '')
  return alphabetical.compare(one, other)
}

function infoOf({ document: { copy } }: Source, key: string): string {
  return textStringOf(copy.resolve(copy.dictionary(copy.trailer['/Info'])[key]))?.trim() ?? ''
}

/** `D:20240131120000+01'00'` as digits that sort; the time zone counts for too little to tell files apart. */
const createdAt = (source: Source) =>
  /\d{4,14}/.exec(infoOf(source, '/CreationDate'))?.[0].padEnd(14, '0') ?? ''

/** What a part is called in the outline: its title, or the name of its file. */
export const titleOf = ({ source }: Part): string => infoOf(source, '/Title') || source.name
