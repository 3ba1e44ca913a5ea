import { createHash } from 'node:crypto'
import { isStandard, isSubsetName, type WorkingCopy } from '@pdf-smaller/pdf'
import type { FontUser } from './font-files.ts'

type Marked = Pick<FontUser, 'reference' | 'descriptor'>

/**
 * Says in the names of fonts that have a program in common that it has not all glyphs (ISO 32000-1, 9.6.4), so that nobody writes with it. Names that say so
 * stay, and those of fonts that every viewer knows, as readers may know more by the name.
 */
export function markSubset(users: readonly Marked[], copy: WorkingCopy): void {
  const own = markFor(users.map(({ descriptor }) => descriptor).join(' '))
  const renamed = (name: unknown) =>
    typeof name === 'string' &&
    name.startsWith('/') &&
    !isSubsetName(name.slice(1)) &&
    !isStandard(name.slice(1))
      ? `/${own}+${name.slice(1)}`
      : name
  const rename = (reference: string, key: '/BaseFont' | '/FontName') => {
    const dictionary = copy.dictionary(reference)
    const name = renamed(dictionary[key])
    if (name !== dictionary[key]) copy.put(reference, { value: { ...dictionary, [key]: name } })
  }
  for (const descriptor of new Set(users.map((each) => each.descriptor))) rename(descriptor, '/FontName')
  const fonts = new Set(users.map(({ reference }) => reference))
  for (const font of fonts) rename(font, '/BaseFont')
  for (const [reference, { '/DescendantFonts': descendants }] of copy.dictionaries())
    if (copy.array(descendants).some((each) => typeof each === 'string' && fonts.has(each)))
      rename(reference, '/BaseFont')
}

function markFor(text: string): string {
  const [...bytes] = createHash('sha256').update(text).digest().subarray(0, 6)
  return String.fromCharCode(...bytes.map((byte) => 65 + (byte % 26)))
}
