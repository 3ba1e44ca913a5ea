import { isForColours } from '../colour/icc-header.ts'
import type { Broken } from '../finding.ts'
import type { Facts } from '../facts.ts'

/** Inks of one colour space (6.1.13). */
const mostInks = 32

/** Colour spaces are arrays, which nothing here changes (6.2.4). */
export function* colourSpaces(array: readonly unknown[], { objects, profiles }: Facts): Iterable<Broken> {
  const [kind, second] = array
  // A profile that was just put in is not known yet, and good.
  if (kind === '/ICCBased' && typeof second === 'string' && profiles.has(second)) {
    const header = profiles.get(second)
    const count = objects.number(objects.dictionary(second)['/N'])
    if (!header || !isForColours(header, count))
      yield { clause: '6.2.4.2', says: 'a colour profile is broken or of another kind' }
  }
  if (kind === '/DeviceN' && Array.isArray(objects.resolve(second))) {
    const inks = objects.array(second)
    if (inks.length > mostInks) yield { clause: '6.1.13', says: `a colour space has ${inks.length} inks` }
    const colorants = objects.dictionary(objects.dictionary(array[4])['/Colorants'])
    const process = objects.array(objects.dictionary(objects.dictionary(array[4])['/Process'])['/Components'])
    const isKnown = (ink: unknown) =>
      processInks.has(ink) || process.includes(ink) || colorants[String(ink)] !== undefined
    if (!inks.every(isKnown)) yield { clause: '6.2.4.4', says: 'a colour space does not describe its inks' }
  }
}

const processInks = new Set<unknown>(['/Cyan', '/Magenta', '/Yellow', '/Black', '/None'])
