import { type Dictionary, isDictionary, mapped, type PdfObject } from '@pdf-smaller/pdf'
import type { Facts } from './facts.ts'
import type { Assets, Broken, Finding } from './finding.ts'
import { colourSpaces } from './rules/arrays.ts'
import { rules } from './rules/index.ts'

export type Examined = {
  findings: Finding[]
  /** The objects as they are once everything is mended that can be; only those that change. */
  mended: Map<string, PdfObject>
}

/** Looks at every object of a document. With `assets` objects are mended as well, else only looked at. */
export function examine(facts: Facts, assets?: Assets): Examined {
  const { objects, usage } = facts
  const findings: Finding[] = [...usage.findings]
  const mended = new Map<string, PdfObject>()
  for (const reference of facts.reached) {
    const object = objects.all.get(reference)
    if (!object) continue
    const before = 'value' in object ? object.value : object.dictionary
    let isChanged = false
    const after = mapped(before, (value) => {
      const own = look(value, reference, value === before)
      isChanged ||= own !== value
      return own
    })
    if (!isChanged) continue
    if ('value' in object) mended.set(reference, { value: after })
    else if (isDictionary(after)) mended.set(reference, { dictionary: after, file: object.file })
  }
  return { findings, mended }

  function note(broken: Iterable<Broken>, reference: string): Dictionary {
    let entries: Dictionary = {}
    for (const each of broken) {
      findings.push({ ...each, object: reference })
      if (assets && each.mend) entries = { ...entries, ...each.mend(assets) }
    }
    return entries
  }

  /** A value as it is mended, its parts not yet; the same one where nothing of it changes. */
  function look(value: unknown, reference: string, isObject: boolean): unknown {
    if (Array.isArray(value)) note(colourSpaces(value, facts), reference)
    if (!isDictionary(value)) return value
    const entries = rules.map((rule) => note(rule(value, facts, { reference, isObject }), reference))
    const isChanged = entries.some((each) => Object.keys(each).length > 0)
    return isChanged ? Object.assign({}, value, ...entries) : value
  }
}
