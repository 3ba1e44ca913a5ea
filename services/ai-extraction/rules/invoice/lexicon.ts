import { plain } from '../../layout/plain-text.ts'

/**
 * The labels of each field: `[clear ones, unclear ones]`, separated by `|`. Blanks between the parts
 * of a label do not matter, so that `USt-IdNr.`, `UStIdNr` and `USt-Id-Nr.` need no entries of their own.
 */
export type Lexicon = Readonly<Record<string, readonly [clear: string, unclear: string]>>

/** What a label means; one label can mean several fields. */
export type Meaning<Field extends string> = { field: Field; clear: boolean }

export type Labels<Field extends string> = {
  meanings: ReadonlyMap<string, readonly Meaning<Field>[]>
  longest: number
}

/** Labels made ready to be looked up by what {@link squashed} makes of a text. */
export function labelsOf<Field extends string>(
  lexicon: Readonly<Record<Field, readonly [string, string]>>,
): Labels<Field> {
  const meanings = new Map<string, Meaning<Field>[]>()
  for (const [field, lists] of Object.entries(lexicon) as [Field, readonly [string, string]][]) {
    lists.forEach((list, index) => {
      for (const label of list
        .split('|')
        .map(squashed)
        .filter((label) => label !== '')) {
        const known = meanings.get(label) ?? []
        if (known.some((meaning) => meaning.field === field)) continue
        meanings.set(label, [...known, { field, clear: index === 0 }])
      }
    })
  }
  return { meanings, longest: Math.max(...[...meanings.keys()].map((label) => label.length)) }
}

/** Text as labels are compared: {@link plain}, with `#`, `№`, `n°` and `nº` as `no`, without blanks. */
export function squashed(text: string): string {
  return plain(numbered(text)).replaceAll(' ', '')
}

const numbered = (text: string) =>
  text.replaceAll(/\b[nN](?:\.?\s?[°º˚]|o(?!\p{L}))/gu, ' no ').replaceAll(/[#№]/g, ' no ')
