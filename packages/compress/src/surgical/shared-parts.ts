import {
  type Dictionary,
  isDictionary,
  openTurns,
  type PdfStream,
  sameText,
  without,
  type WorkingCopy,
} from '@pdf-smaller/pdf'

/** A value that several streams have is an object from so many characters on, one that only one has from more on. */
const [leastShared, leastOwn] = [24, 64]
/** What may stand in an object of its own, and is long. */
const parts = ['/Resources', '/Group', '/ColorSpace'] as const

/**
 * Puts long parts of the dictionaries of forms and images in objects of their own, one for all that are equal: the dictionary
 * of a stream is never packed, objects are. A form has thousands of appearances that all name the same fonts, and a picture a
 * table of colours. What only says the usual goes from there, too.
 */
export async function shareParts(copy: WorkingCopy, signal: AbortSignal): Promise<void> {
  const pause = openTurns(signal)
  const counts = new Map<string, number>()
  const drawn: PdfStream[] = []
  for (const stream of copy.streams()) {
    await pause()
    const dictionary = withoutUsual(stream.dictionary)
    if (!dictionary) continue
    drawn.push({ ...stream, dictionary })
    for (const { text } of partsOf(dictionary)) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  const shared = new Map<string, string>()
  for (const { reference, dictionary, file } of drawn) {
    await pause()
    const changed = { ...dictionary }
    for (const { key, text, value } of partsOf(dictionary)) {
      if (text.length < ((counts.get(text) ?? 0) > 1 ? leastShared : leastOwn)) continue
      const own = shared.get(text) ?? copy.add({ value })
      shared.set(text, own)
      changed[key] = own
    }
    copy.put(reference, { dictionary: changed, file })
  }
}

/** The parts that stand within a dictionary itself. */
const partsOf = (dictionary: Dictionary) =>
  parts.flatMap((key) => {
    const value = dictionary[key]
    return isDictionary(value) || Array.isArray(value) ? [{ key, value, text: sameText(value) }] : []
  })

/**
 * The dictionary of a form or an image without what all of them are or have unless they say otherwise (ISO 32000-1, tables
 * 89 and 95), and without the sets of procedures, which no reader has asked for since PDF 1.4 (14.2). Undefined for
 * any other.
 */
function withoutUsual(dictionary: Dictionary): Dictionary | undefined {
  const { '/Subtype': kind, '/Type': type, '/Resources': resources } = dictionary
  if ((kind !== '/Form' && kind !== '/Image') || (type !== undefined && type !== '/XObject')) return undefined
  const bare = without(dictionary, '/Type', ...usualIn(dictionary))
  return isDictionary(resources) ? { ...bare, '/Resources': without(resources, '/ProcSet') } : bare
}

function usualIn({
  '/Subtype': kind,
  '/FormType': type,
  '/Matrix': matrix,
  '/Interpolate': isSmoothed,
}: Dictionary): string[] {
  if (kind === '/Image') return isSmoothed === false ? ['/Interpolate'] : []
  return [
    ...(type === 1 ? ['/FormType'] : []),
    ...(Array.isArray(matrix) && matrix.join(' ') === '1 0 0 1 0 0' ? ['/Matrix'] : []),
  ]
}
