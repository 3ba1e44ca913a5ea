import { type Dictionary, isDictionary, type PdfObjects } from '../objects/pdf-objects.ts'

/** A filter of a stream, by its full name, with the parameters that belong to it. */
export type Filter = { name: string; parameters: Dictionary }

/** Short names belong to inline images, but readers know them everywhere (ISO 32000-1, table 94). */
const fullNames: Readonly<Record<string, string>> = {
  '/AHx': '/ASCIIHexDecode',
  '/A85': '/ASCII85Decode',
  '/LZW': '/LZWDecode',
  '/Fl': '/FlateDecode',
  '/RL': '/RunLengthDecode',
  '/CCF': '/CCITTFaxDecode',
  '/DCT': '/DCTDecode',
}
/** No writer stacks so many. */
const mostFilters = 8

/**
 * The filters of a stream in the order in which they are undone (ISO 32000-1, 7.3.8.2). Undefined where readers do not
 * agree on them: a file of its own for the data, or parameters in another shape than the filters, which some pass over.
 */
export function filtersIn(dictionary: Dictionary, objects: PdfObjects): Filter[] | undefined {
  const given = objects.resolve(dictionary['/Filter'])
  const parameters = objects.resolve(dictionary['/DecodeParms'])
  const isElsewhere = ['/F', '/FFilter', '/DP'].some((key) => isTold(objects.resolve(dictionary[key])))
  if (isElsewhere) return undefined
  if (!isTold(given)) return []
  const isSameShape = Array.isArray(given) === Array.isArray(parameters)
  if (!isSameShape && says(parameters, objects)) return undefined
  return Array.isArray(given)
    ? chainOf(given, isSameShape ? objects.array(parameters) : [], objects)
    : chainOf([given], isSameShape ? [parameters] : [], objects)
}

/** The full names of the filters that a stream gives, in the order in which they are undone, whatever stands beside them. */
export const filterNames = (dictionary: Dictionary, objects: PdfObjects): string[] =>
  [objects.resolve(dictionary['/Filter'])]
    .flat()
    .map(objects.resolve)
    .flatMap((name) => (typeof name === 'string' ? [fullNames[name] ?? name] : []))

function chainOf(
  names: readonly unknown[],
  parameters: readonly unknown[],
  objects: PdfObjects,
): Filter[] | undefined {
  if (names.length > mostFilters) return undefined
  const filters: Filter[] = []
  for (const [index, name] of names.map(objects.resolve).entries()) {
    const own = objects.resolve(parameters[index])
    if (typeof name !== 'string' || (isTold(own) && !isDictionary(own))) return undefined
    filters.push({ name: fullNames[name] ?? name, parameters: isDictionary(own) ? own : {} })
  }
  return filters
}

/** Whether parameters hold anything at all. */
function says(parameters: unknown, objects: PdfObjects): boolean {
  const each = Array.isArray(parameters) ? parameters.map(objects.resolve) : [parameters]
  return each.some((one) => (isDictionary(one) ? Object.values(one).some(isTold) : isTold(one)))
}

const isTold = (value: unknown) => value !== undefined && value !== null
