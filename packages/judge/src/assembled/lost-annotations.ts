import type { Annotation } from '../facts/annotations.ts'
import type { FieldFacts } from '../facts/fields.ts'
import type { Asked, Origin } from './asked.ts'
import type { Shown } from './shown.ts'

/**
 * The annotations of a page that it no longer has, though they were to come along: all but links to pages that do not.
 * @param index of the new page, from 0
 * @returns what one of them is; undefined when none is missing
 */
export function lostAnnotations(
  index: number,
  had: readonly Annotation[],
  has: readonly Annotation[],
  asked: Asked,
  shown: Shown,
): string | undefined {
  const origin = asked.pages[index]
  if (!origin || had.length === 0) return undefined
  const isMoved = origin.change?.isRedrawn === true
  const placed = (each: Annotation) => withPlaces(each, !isMoved, !shown.isAnyMoved)
  const there = new Map<string, number>()
  for (const annotation of has) {
    for (const each of withoutDrawn(annotation))
      for (const key of keysInResult(placed(each), asked, origin)) there.set(key, (there.get(key) ?? 0) + 1)
  }
  for (const annotation of had) {
    const { page, kind } = annotation
    if (kind === '/Link' && page !== undefined && !shown.page(origin.part, page)) continue
    const key = keyOf(placed(asLeft(annotation)), isToOtherFile(annotation) ? otherFile : (page ?? null))
    const left = there.get(key) ?? 0
    if (left === 0) return nameOf(annotation)
    there.set(key, left - 1)
  }
  return undefined
}

/** Fields that were left to viewers may have been drawn. */
const withoutDrawn = (annotation: Annotation): Annotation[] =>
  annotation.field && Object.keys(annotation.appearances).length > 0
    ? [annotation, { ...annotation, appearances: {} }, drawnAnyhow(annotation)]
    : [annotation]

/** Those that had been drawn all the same may have been drawn anew. */
const asLeft = (annotation: Annotation): Annotation =>
  annotation.field?.isLeft && Object.keys(annotation.appearances).length > 0
    ? drawnAnyhow(annotation)
    : annotation

const drawnAnyhow = (annotation: Annotation): Annotation => ({ ...annotation, appearances: { any: 'drawn' } })

/** Where an annotation stands, and on which place of a page it leads, counts only where pages stay as they are. */
const withPlaces = (annotation: Annotation, areOwn: boolean, areOthers: boolean): Annotation => ({
  ...annotation,
  ...(areOwn ? {} : { place: [], says: [] }),
  ...(areOthers ? {} : { view: '' }),
})

const otherFile = 'another file'

const isToOtherFile = ({ kind, action }: Annotation) => kind === '/Link' && action[0] === '/GoToR'

/** A link to another file leads to its page where that file became a part, too. */
function keysInResult(annotation: Annotation, { pages }: Asked, { part }: Origin): string[] {
  const { page, kind } = annotation
  if (page === undefined) return [keyOf(annotation, isToOtherFile(annotation) ? otherFile : null)]
  const target = pages[page - 1]
  const inside = target?.part === part ? [keyOf(annotation, target.page)] : []
  return kind === '/Link' ? [...inside, keyOf(annotation, otherFile)] : inside
}

/** A field on top may have got another name, for one beside it; how the others are called tells whether it is the same. */
function keyOf(annotation: Annotation, target: number | string | null): string {
  const { kind, place, flags, appearances, state, says, page, action, file, field } = annotation
  const does = page === undefined && target !== otherFile ? action : null
  const view = typeof target === 'number' ? annotation.view : ''
  const leads = kind === '/Link' ? [target, view, does] : []
  const own = field && [field.names.slice(1), field.type, valueOf(field), field.rules, field.isListed]
  return JSON.stringify([kind, place, flags, appearances, state, says, leads, file, own])
}

/** A signature does not hold for another file, so that it may be left out. */
const valueOf = ({ type, value }: FieldFacts) => (type === '/Sig' ? null : value)

function nameOf({ kind, field }: Annotation): string {
  if (field) return `the field "${field.names.join('.')}", or its value`
  return kind === '/Link' ? 'a link' : 'an annotation'
}
