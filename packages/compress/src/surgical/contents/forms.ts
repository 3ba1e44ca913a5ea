import { isReference, ownersIn, reachedFrom, type WorkingCopy } from '@pdf-smaller/pdf'
import type { DrawnForm } from './drawn-forms.ts'
import type { ContentsReader, Renewed } from './reader.ts'

/** A form that is found to be drawn at ever larger scales keeps its numbers. */
const mostScales = 4

/** Renews forms, and those that they draw in turn, each for the largest scale at which it is drawn. */
export async function renewedForms(
  starts: readonly DrawnForm[],
  renew: ContentsReader,
  copy: WorkingCopy,
): Promise<Renewed[]> {
  const known = new Map<string, { scale: number; times: number; renewed: Renewed | undefined }>()
  const waiting = [...starts]
  // What is found meanwhile comes after it.
  for (const { form, scale, pages } of waiting) {
    const before = known.get(form.reference)
    if (before && !(scale > before.scale)) continue
    const times = (before?.times ?? 0) + 1
    const own = times > mostScales ? Infinity : scale
    const renewed = await renew(form, own, pages)
    known.set(form.reference, { scale: own, times, renewed })
    waiting.push(...(renewed?.forms ?? []))
  }
  for (const reference of drawnElsewhere(copy, known)) known.delete(reference)
  return [...known.values()].flatMap(({ renewed }) => renewed ?? [])
}

/**
 * Forms that something else than the contents of pages draws as well, at a scale of its own: annotations, masks,
 * patterns, glyphs, and forms that only those draw.
 */
function drawnElsewhere(copy: WorkingCopy, known: ReadonlyMap<string, unknown>): Set<string> {
  const found = new Set<string>()
  if (known.size === 0) return found
  for (const each of reachedFrom(copy, [copy.trailer])) {
    if (!('dictionary' in each)) continue
    const { '/AP': appearances, '/G': group, '/S': kind } = each.dictionary
    if (kind !== undefined && isReference(group)) found.add(group)
    for (const one of Object.values(copy.dictionary(appearances)))
      for (const reference of [one, ...Object.values(copy.dictionary(one))])
        if (isReference(reference)) found.add(reference)
  }
  const owners = ownersIn(copy, [])
  for (let count = -1; count !== found.size;) {
    count = found.size
    for (const { reference, resources } of owners) {
      if (known.has(reference) && !found.has(reference)) continue
      const objects = copy.dictionary(copy.dictionary(resources)['/XObject'])
      for (const each of Object.values(objects)) if (isReference(each)) found.add(each)
    }
  }
  return found
}
