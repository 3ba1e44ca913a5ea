import {
  type Dictionary,
  isDictionary,
  mapped,
  openTurns,
  type PdfObject,
  type WorkingCopy,
} from '@pdf-smaller/pdf'

/**
 * Replaces dictionaries wherever they stand, those within other objects included.
 * @param replacement undefined for a dictionary that stays
 */
export async function replaceDictionaries(
  copy: WorkingCopy,
  replacement: (dictionary: Dictionary) => Dictionary | undefined,
  signal: AbortSignal,
): Promise<void> {
  const pause = openTurns(signal)
  for (const [reference, object] of copy.all) {
    const changed = replacedIn(object, replacement)
    if (changed) copy.put(reference, changed)
    await pause()
  }
}

function replacedIn(
  object: PdfObject,
  replacement: (dictionary: Dictionary) => Dictionary | undefined,
): PdfObject | undefined {
  let changed = false
  const renewed = (value: unknown): unknown =>
    mapped(value, (each) => {
      const own = isDictionary(each) ? replacement(each) : undefined
      changed ||= own !== undefined
      return own ?? each
    })
  if ('value' in object) {
    const value = renewed(object.value)
    return changed ? { value } : undefined
  }
  const dictionary = renewed(object.dictionary)
  return changed && isDictionary(dictionary) ? { dictionary, file: object.file } : undefined
}
