import { isDictionary, isReference, type WorkingCopy } from '@pdf-smaller/pdf'

/** Forgets the objects that nothing leads to: qpdf will not write them, and they are worth no work. */
export function forgetUnreachable(copy: WorkingCopy): void {
  const reached = new Set<string>()
  const waiting: unknown[] = [copy.trailer]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (isReference(value)) {
      const object = reached.has(value) ? undefined : copy.all.get(value)
      reached.add(value)
      if (object) waiting.push('value' in object ? object.value : object.dictionary)
    } else if (Array.isArray(value)) for (const each of value) waiting.push(each)
    else if (isDictionary(value)) for (const each of Object.values(value)) waiting.push(each)
  }
  for (const reference of copy.all.keys()) if (!reached.has(reference)) copy.all.delete(reference)
}
