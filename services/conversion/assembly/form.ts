import { type Dictionary, isDictionary, isReference, type NewObjects, textStringOf } from '@pdf-smaller/pdf'
import type { Extract } from './extracted.ts'
import { fieldName, freeName } from './fields.ts'
import type { SelectedPart } from './selection.ts'
import type { Selection } from './selected.ts'
import type { Source } from './source.ts'

/** The fields of a part's form without a parent that come along. */
const keptRoots = ({ source, selection }: SelectedPart): string[] =>
  source.fields.roots.filter((root) => selection.fields.has(root))

/** Whether any field comes along. */
export const hasForm = (part: SelectedPart): boolean => keptRoots(part).length > 0

/** Whether the form leaves the look of its fields to viewers. */
export const leavesLooks = ({ source: { document, fields } }: SelectedPart): boolean =>
  document.copy.resolve(fields.form['/NeedAppearances']) === true

/** The fields of a part that have to be called otherwise, as other parts have fields of the same names. */
export function fieldRenaming(part: SelectedPart, taken: Set<string>) {
  const { copy } = part.source.document
  const [roots, names] = [new Map<string, string>(), new Map<string, string>()]
  const kept = keptRoots(part).map((root) => ({ root, name: fieldName(copy, root) }))
  const own = new Set(kept.map(({ name }) => name))
  // Fields of one document that share a name are one to viewers, and stay so.
  const free = new Map(Array.from(own, (name) => [name, name === '' ? name : freeName(name, taken, own)]))
  for (const name of free.values()) taken.add(name)
  for (const { root, name } of kept) {
    const now = free.get(name) ?? name
    if (now === name) continue
    roots.set(root, now)
    names.set(name, now)
  }
  return { roots, names }
}

/** The fonts of a part's form that have to be called otherwise, as another font has the name. */
export function fontRenaming({ source }: SelectedPart, taken: Map<string, string>): Map<string, string> {
  const { copy } = source.document
  const fonts = copy.dictionary(copy.dictionary(source.fields.form['/DR'])['/Font'])
  const renamed = new Map<string, string>()
  for (const [name, font] of Object.entries(fonts)) {
    const { '/BaseFont': base, '/Encoding': encoding } = copy.dictionary(font)
    const { '/Differences': differences = encoding } = copy.dictionary(encoding)
    const means = JSON.stringify([copy.resolve(base), copy.resolve(differences)])
    let free = name
    for (let number = 2; taken.has(free) && taken.get(free) !== means; number++) free = `${name}-${number}`
    taken.set(free, means)
    if (free !== name) renamed.set(name, free)
  }
  return renamed
}

export type FormCounts = { kept: number; dropped: number }

/** There are signature fields (ISO 32000-1, table 219). */
const signaturesExist = 1

/** The form of the new document; undefined when no part has one. */
export function joinedForm(
  extracts: readonly Extract[],
  target: NewObjects,
  counts: FormCounts,
): string | undefined {
  const [fields, order]: [unknown[], unknown[]] = [[], []]
  let [resources, defaults]: [Dictionary, Dictionary] = [{}, {}]
  let hasSignatureFields = false
  const withForm = extracts.filter(({ part }) => hasForm(part))
  for (const { part } of extracts) {
    const kept = keptRoots(part).length
    counts.kept += kept
    counts.dropped += part.source.fields.roots.length - kept
  }
  for (const { part, copied, renaming } of withForm) {
    const { form } = part.source.fields
    const { copy } = part.source.document
    for (const field of keptRoots(part)) fields.push(copied(field))
    for (const each of copy.array(form['/CO']))
      if (isReference(each) && part.selection.fields.has(each)) order.push(copied(each))
    const own = copied(defaultResources(part.source, part.selection))
    resources = joinedResources(resources, own, renaming.fields.fonts)
    // How text is set flush would hold for the fields of other forms, too: beside them each field says it itself.
    const keys = withForm.length > 1 ? ['/DA'] : ['/DA', '/Q']
    const said = keys.map((key) => [key, copy.resolve(form[key])])
    defaults = { ...Object.fromEntries(said.filter(([, value]) => value !== undefined)), ...defaults }
    for (const field of part.selection.fields)
      hasSignatureFields ||= copy.resolve(copy.dictionary(field)['/FT']) === '/Sig'
  }
  if (fields.length === 0) return undefined
  // Where only some forms leave the look of fields to viewers, those of them have been drawn.
  const areLeft = withForm.every(({ part }) => leavesLooks(part))
  return target.add({
    value: {
      ...defaults,
      '/Fields': fields,
      '/DR': resources,
      ...(areLeft ? { '/NeedAppearances': true } : {}),
      ...(order.length > 0 ? { '/CO': order } : {}),
      ...(hasSignatureFields ? { '/SigFlags': signaturesExist } : {}),
    },
  })
}

/**
 * The resources that fields take when a viewer draws them: of some pages, the fonts that the appearance strings of their
 * fields name.
 */
function defaultResources({ document: { copy }, fields }: Source, selection: Selection): unknown {
  const own = copy.dictionary(fields.form['/DR'])
  // Each kind by itself, as those of several forms are put together.
  const resources = Object.fromEntries(Object.entries(own).map(([kind, each]) => [kind, copy.resolve(each)]))
  if (selection.isWhole) return resources
  const holders = [fields.form, ...Array.from(selection.fields, copy.dictionary)]
  const strings = holders.map((each) => textStringOf(copy.resolve(each['/DA'])) ?? '')
  const names = new Set(strings.flatMap((each) => each.match(fontName) ?? []))
  const fonts = Object.entries(copy.dictionary(resources['/Font'])).filter(([name]) => names.has(name))
  const { '/Encoding': encoding } = resources
  return { '/Font': Object.fromEntries(fonts), ...(encoding === undefined ? {} : { '/Encoding': encoding }) }
}

const fontName = /\/[^\s()<>[\]{}/%]+/g

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
