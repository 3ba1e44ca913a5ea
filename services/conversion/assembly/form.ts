import { type Dictionary, isDictionary, isReference, type NewObjects, textOf } from '@pdf-smaller/pdf'
import type { Extract } from './extract.ts'
import { fieldName, freeName } from './fields.ts'
import type { Selection } from './selection.ts'
import type { Part, Source } from './source.ts'

/** The fields of a part that have to be called otherwise, as other parts have fields of the same names. */
export function fieldRenaming({ source }: Part, taken: Set<string>): Map<string, string> {
  const renamed = new Map<string, string>()
  for (const root of source.fields.roots) {
    const name = fieldName(source.document.copy, root)
    const free = freeName(name, taken)
    taken.add(free)
    if (free !== name) renamed.set(root, free)
  }
  return renamed
}

/** The fonts of a part's form that have to be called otherwise, as another font has the name. */
export function fontRenaming({ source }: Part, taken: Map<string, string>): Map<string, string> {
  const { copy } = source.document
  const fonts = copy.dictionary(copy.dictionary(source.fields.form['/DR'])['/Font'])
  const renamed = new Map<string, string>()
  for (const [name, font] of Object.entries(fonts)) {
    const base = String(copy.resolve(copy.dictionary(font)['/BaseFont']))
    let free = name
    for (let number = 2; taken.has(free) && taken.get(free) !== base; number++) free = `${name}-${number}`
    taken.set(free, base)
    if (free !== name) renamed.set(name, free)
  }
  return renamed
}

export type FormCounts = { kept: number; dropped: number }

/** The form of the new document; undefined when no part has one. */
export function joinedForm(
  extracts: readonly Extract[],
  fonts: readonly ReadonlyMap<string, string>[],
  target: NewObjects,
  counts: FormCounts,
): string | undefined {
  const fields: unknown[] = []
  const order: unknown[] = []
  let resources: Dictionary = {}
  let rest: Dictionary = {}
  for (const [index, { part, selection, copied }] of extracts.entries()) {
    const { form, roots } = part.source.fields
    const kept = roots.filter((root) => selection.fields.has(root))
    counts.kept += kept.length
    counts.dropped += roots.length - kept.length
    if (kept.length === 0) continue
    const { copy } = part.source.document
    for (const field of kept) fields.push(copied(field))
    for (const each of copy.array(form['/CO']))
      if (isReference(each) && selection.fields.has(each)) order.push(copied(each))
    resources = joinedResources(
      resources,
      copied(defaultResources(part.source, selection)),
      fonts[index] ?? new Map(),
    )
    rest = joinedSettings(
      rest,
      Object.fromEntries(['/DA', '/Q', '/NeedAppearances'].map((key) => [key, copy.resolve(form[key])])),
    )
  }
  if (fields.length === 0) return undefined
  const calculation = order.length > 0 ? { '/CO': order } : {}
  return target.add({ value: { ...rest, '/Fields': fields, '/DR': resources, ...calculation } })
}

/**
 * The resources that fields take when a viewer draws them: of some pages, the fonts that the appearance strings of their
 * fields name.
 */
function defaultResources({ document: { copy }, fields }: Source, selection: Selection): unknown {
  const resources = copy.resolve(fields.form['/DR'])
  if (selection.isWhole || !isDictionary(resources)) return resources
  const holders = [fields.form, ...Array.from(selection.fields, copy.dictionary)]
  const strings = holders.map((each) => textOf(copy.resolve(each['/DA'])) ?? '')
  const names = new Set(strings.flatMap((each) => each.match(fontName) ?? []))
  const fonts = Object.entries(copy.dictionary(resources['/Font'])).filter(([name]) => names.has(name))
  const { '/Encoding': encoding } = resources
  return { '/Font': Object.fromEntries(fonts), ...(encoding === undefined ? {} : { '/Encoding': encoding }) }
}

const fontName = /\/[^\s()<>[\]{}/%]+/g

/** The first part's settings hold; appearances are missing when they are missing in any. */
function joinedSettings(before: Dictionary, own: Dictionary): Dictionary {
  const missing = before['/NeedAppearances'] === true || own['/NeedAppearances'] === true
  const known = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined))
  return { ...known, ...before, ...(missing ? { '/NeedAppearances': true } : {}) }
}

function joinedResources(before: Dictionary, own: unknown, fonts: ReadonlyMap<string, string>): Dictionary {
  if (!isDictionary(own)) return before
  const joined = { ...before }
  for (const [kind, entries] of Object.entries(own)) {
    const there = joined[kind]
    if (!isDictionary(entries)) joined[kind] ??= entries
    else {
      const named = Object.entries(entries).map(([name, value]) => [fonts.get(name) ?? name, value])
      joined[kind] = { ...Object.fromEntries(named), ...(isDictionary(there) ? there : {}) }
    }
  }
  return joined
}
