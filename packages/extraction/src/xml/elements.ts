import type { Element } from './parse.ts'

/**
 * Elements below one, by a path of local names: `A/B|C/D`, where a step may have names that other versions of a format
 * give it. Only those of the same vocabulary count, so that nobody can slip another number in from a foreign one.
 */
export function all(from: Element | undefined, path: string): Element[] {
  if (!from) return []
  let found = [from]
  for (const step of path.split('/')) {
    const names = step.split('|')
    found = found.flatMap(({ children }) =>
      children.filter((child) => names.includes(child.name) && sameVocabulary(child, from)),
    )
  }
  return found
}

/** The first of {@link all}. */
export function first(from: Element | undefined, path: string): Element | undefined {
  return all(from, path)[0]
}

/** The text of the first; undefined where it says nothing. */
export function textAt(from: Element | undefined, path: string): string | undefined {
  return first(from, path)?.text || undefined
}

const vocabularies = [/^urn:(un:unece:uncefact:data|ferd):/, /^urn:oasis:names:specification:ubl:schema:xsd:/]

function sameVocabulary(a: Element, b: Element): boolean {
  return vocabularies.some((vocabulary) => vocabulary.test(a.namespace) && vocabulary.test(b.namespace))
}
