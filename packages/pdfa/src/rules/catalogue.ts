import { type Dictionary, textValue, without } from '@pdf-smaller/pdf'
import type { Facts } from '../facts.ts'
import { gone, type Rule } from './rule.ts'
import { optionalContent } from './optional-content.ts'

/** Entries of the catalogue that have no place in an archive, and what goes with them. */
const extras: Readonly<Record<string, [clause: string, says: string, removed: string]>> = {
  '/Requirements': ['6.11', 'it asks viewers for abilities', 'requirements of viewers'],
  '/Perms': ['6.1.12', 'it has permissions', 'usage rights'],
  '/NeedsRendering': ['6.4.2', 'a viewer is to lay its form out', 'the dynamic form'],
  '/Collection': ['6.8', 'it is a collection of files', 'the view of embedded files'],
}
const extraNames: Readonly<Record<string, [clause: string, says: string, removed: string]>> = {
  '/JavaScript': ['6.5.1', 'it has scripts', 'JavaScript'],
  '/EmbeddedFiles': ['6.8', 'it has embedded files', 'embedded files'],
  '/AlternatePresentations': ['6.10', 'it has other presentations', 'alternate presentations'],
}

/** What the document as a whole may not have. */
export const catalogue: Rule = function* (dictionary, facts, { reference, isObject }) {
  if (!isObject || reference !== facts.root) return
  for (const [key, [clause, says, removed]] of Object.entries(extras))
    if (dictionary[key] !== undefined) yield gone(clause, says, key, removed)
  const names = facts.objects.dictionary(dictionary['/Names'])
  for (const [key, [clause, says, removed]] of Object.entries(extraNames))
    if (names[key] !== undefined)
      yield { clause, says, removed, mend: () => ({ '/Names': without(names, ...Object.keys(extraNames)) }) }
  yield* optionalContent(dictionary, facts)
  yield* metadata(dictionary, facts)
  yield* outputIntent(dictionary, facts)
}

function* metadata(dictionary: Dictionary, { objects, packet }: Facts) {
  const { '/Type': type, '/Subtype': kind } = objects.dictionary(dictionary['/Metadata'])
  const isPacket = type === '/Metadata' && kind === '/XML' && packet?.isOurs === true
  if (isPacket) return
  yield {
    clause: '6.6.2',
    says: 'it has no metadata that name the standard and all of their own terms',
    mend: ({ packet }: { packet: string }) => ({ '/Metadata': packet }),
    ...(packet?.hasMore === true
      ? { removed: 'metadata beside title, author, subject, keywords, programs and dates' }
      : {}),
  }
}

/** One intent for all, with a profile of RGB, so that grey and RGB have a meaning (6.2.3, 6.2.4.3). */
function* outputIntent(dictionary: Dictionary, { objects, profiles }: Facts) {
  const intents = objects.array(dictionary['/OutputIntents']).map(objects.dictionary)
  const [intent] = intents
  const profile = typeof intent?.['/DestOutputProfile'] === 'string' ? intent['/DestOutputProfile'] : ''
  const header = profiles.get(profile)
  const isDevice = header?.deviceClass === 'mntr' || header?.deviceClass === 'prtr'
  const isGood = isDevice && header.colours === 'RGB ' && header.version < 5
  if (intents.length === 1 && intent?.['/S'] === '/GTS_PDFA1' && isGood) return
  yield {
    clause: '6.2.3',
    says: 'nothing says what its colours look like',
    mend: ({ srgb }: { srgb: string }) => ({ '/OutputIntents': [intentOf(srgb)] }),
    ...(intents.length > 0 ? { removed: 'output intents for other devices' } : {}),
  }
}

const intentOf = (profile: string): Dictionary => ({
  '/Type': '/OutputIntent',
  '/S': '/GTS_PDFA1',
  '/OutputConditionIdentifier': textValue('sRGB'),
  '/Info': textValue('sRGB'),
  '/DestOutputProfile': profile,
})
