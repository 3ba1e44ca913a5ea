import { type Dictionary, isReference, ownerOf, reachedFrom, type WorkingCopy } from '@pdf-smaller/pdf'

/** Flags of annotations that no page shows (ISO 32000-1, table 165): hidden, not to be viewed. */
const unseen = 2 | 32

/**
 * What is drawn where Poppler lists no images, at a size that is not known: by tiling patterns, by glyphs of Type 3 fonts,
 * by appearances that come up later, and by layers that are off.
 */
export function drawnUnlisted(copy: WorkingCopy): Set<string> {
  const starts: unknown[] = []
  const off = layersOff(copy)
  for (const [reference, object] of copy.all) {
    const dictionary = 'value' in object ? copy.dictionary(reference) : object.dictionary
    const kind = ownerOf(dictionary, reference, copy)?.kind
    if (kind === 'pattern' || kind === 'font') starts.push(dictionary['/Resources'])
    if (kind === 'form' && off.has(dictionary['/OC'])) starts.push(dictionary['/Resources'])
    starts.push(...laterAppearances(dictionary, copy))
  }
  const found = new Set<string>()
  for (const each of reachedFrom(copy, starts, (reference) => !isPage(reference, copy)))
    if ('reference' in each) found.add(each.reference)
  return found
}

/** Appearances of an annotation beside the one that it shows now. */
function laterAppearances(annotation: Dictionary, copy: WorkingCopy): unknown[] {
  const { '/AP': value, '/AS': state, '/F': flags } = annotation
  if (value === undefined) return []
  const appearances = copy.dictionary(value)
  if (copy.number(flags) & unseen) return Object.values(appearances)
  const normal = appearances['/N']
  const states = isReference(normal) && copy.stream(normal) ? {} : copy.dictionary(normal)
  return [
    appearances['/D'],
    appearances['/R'],
    ...Object.entries(states).flatMap(([name, each]) => (name === state ? [] : [each])),
  ]
}

/** The layers that are not shown when the document is opened. */
function layersOff(copy: WorkingCopy): Set<unknown> {
  const { '/OCGs': all, '/D': usual } = copy.dictionary(
    copy.dictionary(copy.trailer['/Root'])['/OCProperties'],
  )
  const { '/BaseState': base, '/ON': on, '/OFF': off } = copy.dictionary(usual)
  const shown = new Set(copy.array(on))
  const hidden = base === '/OFF' ? copy.array(all).filter((each) => !shown.has(each)) : []
  return new Set([...hidden, ...copy.array(off)])
}

const isPage = (reference: string, copy: WorkingCopy) => {
  const type = copy.dictionary(reference)['/Type']
  return type === '/Page' || type === '/Pages'
}
