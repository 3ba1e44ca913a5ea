import { type Dictionary, fromAbove, isDictionary, textStringOf } from '@pdf-smaller/pdf'
import type { Facts } from '../facts.ts'
import type { Broken } from '../finding.ts'
import { gone, type Rule } from './rule.ts'

const flags = { invisible: 1, hidden: 2, print: 4, noView: 32, toggleNoView: 256 } as const
/** The kinds of ISO 32000-1, 12.5.6, less those that PDF/A leaves out, and those that hold files. */
const allowed = new Set<unknown>(
  `Text Link FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink Popup
  Widget PrinterMark TrapNet Watermark Redact`
    .split(/\s+/)
    .map((kind) => `/${kind}`),
)

/** Annotations that cannot stay are taken from their pages (6.3.1). */
export const annotationsOfPages: Rule = function* (page, { objects, pages }, { reference, isObject }) {
  if (!isObject || !pages.has(reference)) return
  const all = objects.array(page['/Annots'])
  const reasons = all.map((each) => whyNot(objects.dictionary(each), objects))
  const removed = new Set(reasons.filter((reason) => reason !== undefined))
  for (const reason of removed)
    yield {
      clause: '6.3.1',
      says: `the page has ${reason}`,
      removed: reason,
      mend: () => ({ '/Annots': all.filter((_, index) => reasons[index] === undefined) }),
    }
}

function whyNot(annotation: Dictionary, objects: Facts['objects']): string | undefined {
  const kind = objects.resolve(annotation['/Subtype'])
  if (!allowed.has(kind)) return `annotations ${typeof kind === 'string' ? kind.slice(1) : 'of no kind'}`
  const set = objects.number(annotation['/F'])
  return kind !== '/Popup' && set & (flags.hidden | flags.noView)
    ? 'annotations that are not shown'
    : undefined
}

/** How an annotation looks must stand in the file, and it is printed as it is seen (6.3.2, 6.3.3). */
export const annotations: Rule = function* (annotation, facts) {
  const { objects } = facts
  if (!facts.annotations.has(annotation) || whyNot(annotation, objects) !== undefined) return
  const kind = objects.resolve(annotation['/Subtype'])
  if (kind === '/Popup') return
  const set = objects.number(annotation['/F'])
  const printed = (set | flags.print) & ~(flags.invisible | flags.toggleNoView)
  if (objects.resolve(annotation['/F']) === undefined || set !== printed)
    yield { clause: '6.3.2', says: 'it is not printed as it is seen', mend: () => ({ '/F': printed }) }
  if (kind === '/Widget' && annotation['/A'] !== undefined)
    yield gone('6.4.1', 'a form field does something', '/A', 'actions of form fields')
  yield* appearance(annotation, kind, objects)
}

function* appearance(annotation: Dictionary, kind: unknown, objects: Facts['objects']): Iterable<Broken> {
  const given = objects.resolve(annotation['/AP'])
  const states = isDictionary(given) ? given : {}
  const normal = states['/N']
  const isButton = kind === '/Widget' && inheritedFromField(annotation, '/FT', objects) === '/Btn'
  const isStream = isAppearance(normal, objects)
  const isStates = isDictionary(objects.resolve(normal)) && !isStream
  if (isButton ? isStates : isStream) {
    if (Object.keys(states).length > 1)
      yield {
        clause: '6.3.3',
        says: 'it looks different under the mouse',
        mend: () => ({ '/AP': { '/N': normal } }),
      }
    return
  }
  if (kind === '/Link' && given === undefined) return
  const state = objects.resolve(annotation['/AS'])
  if (isButton && isStream) {
    const name = typeof state === 'string' ? state : '/Off'
    const mend = () => ({ '/AP': { '/N': { [name]: normal } }, '/AS': name })
    yield { clause: '6.3.3', says: 'a button has no states', mend }
  } else if (
    isStates &&
    typeof state === 'string' &&
    isAppearance(objects.dictionary(normal)[state], objects)
  ) {
    const chosen = objects.dictionary(normal)[state]
    yield { clause: '6.3.3', says: 'it has states', mend: () => ({ '/AP': { '/N': chosen } }) }
  } else yield noAppearance(annotation, kind, isButton, objects)
}

function noAppearance(
  annotation: Dictionary,
  kind: unknown,
  isButton: boolean,
  objects: Facts['objects'],
): Broken {
  const what = { clause: '6.3.3', says: `nothing says how an annotation ${String(kind).slice(1)} looks` }
  const value = inheritedFromField(annotation, '/V', objects)
  const isFilled =
    kind === '/Widget' && !isButton && textStringOf(value) !== undefined && textStringOf(value) !== ''
  // Viewers draw the value of a field themselves; what cannot be seen in it any more would be lost.
  if (isFilled) return what
  const isTold = kind !== '/Widget' && kind !== '/Link'
  return {
    ...what,
    mend: ({ nothing }) => ({ '/AP': { '/N': isButton ? { '/Off': nothing } : nothing } }),
    ...(isTold
      ? { removed: `what annotations ${String(kind).slice(1)} look like, which the file leaves open` }
      : {}),
  }
}

const isAppearance = (value: unknown, objects: Facts['objects']) => {
  const object = typeof value === 'string' ? objects.all.get(value) : undefined
  return object !== undefined && 'dictionary' in object
}

const inheritedFromField = (annotation: Dictionary, key: string, objects: Facts['objects']): unknown =>
  objects.resolve(fromAbove(objects, annotation, key, 'form'))
