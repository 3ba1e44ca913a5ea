import {
  type Dictionary,
  isDictionary,
  openTurns,
  sameText,
  without,
  type WorkingCopy,
} from '@pdf-smaller/pdf'

/** Shorter than a reference, or nearly so, is no gain. */
const leastCharacters = 40

/**
 * Lets equal resources of forms be one object: a form has thousands of appearances that all name the same fonts, and the
 * dictionary of a stream is never packed. What only says the usual goes from there, too.
 */
export async function shareParts(copy: WorkingCopy, signal: AbortSignal): Promise<void> {
  const pause = openTurns(signal)
  const counts = new Map<string, number>()
  const forms = copy.streams().filter(({ dictionary }) => dictionary['/Subtype'] === '/Form')
  for (const { dictionary } of forms) {
    await pause()
    const key = keyOf(dictionary)
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const shared = new Map<string, string>()
  for (const { reference, dictionary, file } of forms) {
    await pause()
    const bare = withoutUsual(dictionary)
    const key = keyOf(dictionary)
    if (key === undefined || (counts.get(key) ?? 0) < 2) {
      if (bare !== dictionary) copy.put(reference, { dictionary: bare, file })
      continue
    }
    const own = shared.get(key) ?? copy.add({ value: bare['/Resources'] })
    shared.set(key, own)
    copy.put(reference, { dictionary: { ...bare, '/Resources': own }, file })
  }
}

/** The resources that stand within a form, where they are worth to be shared. */
function keyOf({ '/Resources': resources }: Dictionary): string | undefined {
  const key = isDictionary(resources) ? sameText(resources) : ''
  return key.length >= leastCharacters ? key : undefined
}

/** Without the only type of forms that there is, and a matrix that changes nothing (ISO 32000-1, table 95). */
function withoutUsual(dictionary: Dictionary): Dictionary {
  const { '/FormType': type, '/Matrix': matrix } = dictionary
  const usual = [
    ...(type === 1 ? ['/FormType'] : []),
    ...(Array.isArray(matrix) && matrix.join(' ') === '1 0 0 1 0 0' ? ['/Matrix'] : []),
  ]
  return usual.length > 0 ? without(dictionary, ...usual) : dictionary
}
