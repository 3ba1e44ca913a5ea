/** Names with the numbers of the objects that they stand for. */
export type NameList = ReadonlyMap<string, number>

/** So much is read of one list. */
const mostEntries = 2000

const name = '[^\\s/<>[\\]()]{1,64}'
/** The pattern of a reference, whose first group is the number of the object. */
export const reference = '(\\d{1,10})\\s{1,8}\\d{1,5}\\s{1,8}R\\b'
const pairs = new RegExp(`/(${name})\\s{0,8}${reference}`, 'g')
const references = new RegExp(reference, 'g')
const onlyPairs = new RegExp(`^\\s{0,8}<<(?:\\s{0,8}/${name}\\s{0,8}${reference})+\\s{0,8}>>`)
const onlyReferences = new RegExp(`^\\s{0,8}\\[(?:\\s{0,8}${reference})+\\s{0,8}\\]`)

export const listIn = (text: string): NameList =>
  new Map(
    [...text.matchAll(pairs)].slice(0, mostEntries).map(([, key = '', number]) => [key, Number(number)]),
  )

export const referencesIn = (text: string): number[] =>
  [...text.matchAll(references)].slice(0, mostEntries).map(([, number]) => Number(number))

/** Whether an object is nothing but names with references. */
export const isListOfNames = (text: string): boolean => onlyPairs.test(text)

/** Whether an object is nothing but an array of references. */
export const isArrayOfReferences = (text: string): boolean => onlyReferences.test(text)
