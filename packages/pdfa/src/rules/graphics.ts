import type { Broken } from '../finding.ts'
import { renderingIntents } from '../contents/usage.ts'
import { gone, type Rule } from './rule.ts'

const blendModes = new Set<unknown>(
  `Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference
  Exclusion Hue Saturation Color Luminosity`
    .split(/\s+/)
    .map((mode) => `/${mode}`),
)

/** Graphics states do not depend on a device (6.2.5, 6.2.6, 6.2.10). */
export const graphicsStates: Rule = function* (state, { objects, graphicsStates, cmyk }) {
  if (!graphicsStates.has(state) && state['/Type'] !== '/ExtGState') return
  if (state['/TR'] !== undefined)
    yield gone('6.2.5', 'colours go through a curve', '/TR', 'transfer functions')
  if (state['/TR2'] !== undefined && state['/TR2'] !== '/Default')
    yield gone('6.2.5', 'colours go through a curve', '/TR2', 'transfer functions')
  for (const key of ['/HT', '/HTP', '/HTO'])
    if (state[key] !== undefined && state[key] !== '/Default')
      yield gone('6.2.5', 'it has a halftone', key, 'halftones')
  if (state['/RI'] !== undefined && !renderingIntents.includes(state['/RI']))
    yield gone('6.2.6', 'there is no such rendering intent', '/RI')
  // Of colours that have a profile, only those of zero and of the device are told apart in this mode.
  if (cmyk && state['/OPM'] === 1)
    yield { clause: '6.2.4.2', says: 'it overprints', mend: () => ({ '/OPM': 0 }), removed: 'overprint mode' }
  yield* blending(objects.resolve(state['/BM']))
}

function* blending(given: unknown): Iterable<Broken> {
  if (given === undefined || blendModes.has(given)) return
  const known = Array.isArray(given) ? given.find((mode) => blendModes.has(mode)) : undefined
  yield { clause: '6.2.10', says: 'there is no such blend mode', mend: () => ({ '/BM': known ?? '/Normal' }) }
}

/** Groups that are mixed in inks: only those of a profile may be, and theirs leads one way. */
export const groups: Rule = function* (group, { objects }) {
  if (group['/S'] !== '/Transparency' || objects.resolve(group['/CS']) !== '/DeviceCMYK') return
  yield {
    clause: '6.2.4.3',
    says: 'transparency is mixed in DeviceCMYK',
    mend: ({ srgb }) => ({ '/CS': ['/ICCBased', srgb] }),
    removed: 'mixing of transparency in CMYK',
  }
}

/** Colours of four inks get a meaning by a default (6.2.4.3), and contents have resources of their own (6.2.2). */
export const resources: Rule = function* (dictionary, { objects, usage, cmyk }) {
  const borrowed = usage.borrowed.get(dictionary)
  if (borrowed !== undefined)
    yield {
      clause: '6.2.2',
      says: 'contents use the resources of others',
      mend: () => ({ '/Resources': borrowed }),
    }
  if (!cmyk || !usage.resources.has(dictionary)) return
  const spaces = objects.dictionary(dictionary['/ColorSpace'])
  if (spaces['/DefaultCMYK'] !== undefined) return
  yield {
    clause: '6.2.4.3',
    says: 'nothing says what DeviceCMYK looks like',
    mend: ({ cmyk }) => ({ '/ColorSpace': { ...spaces, '/DefaultCMYK': ['/ICCBased', cmyk] } }),
  }
}
