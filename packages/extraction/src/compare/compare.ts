import type {
  Comparison,
  ExtractedDocument,
  FieldDifference,
  Invoice,
} from '@pdf-smaller/contracts/extraction'
import { fieldsIn, isField } from '../fields/walk.ts'
import { align } from './align.ts'
import { plainValue, sameValue } from './plain.ts'

/**
 * Two readings of the same file, field by field: of two engines, of a model then and now. Documents are taken in their
 * order; their rows are matched by what they say, so that one that is missing shifts no others.
 */
export function compareDocuments(left: ExtractedDocument[], right: ExtractedDocument[]): Comparison {
  const count = Math.max(left.length, right.length)
  const all = Array.from({ length: count }, (_, index) => [
    ...typeDifference(left[index], right[index], `documents[${index}].documentType`),
    ...differences(fieldsOf(left[index]), fieldsOf(right[index]), `documents[${index}]`),
  ])
  return counted(all.flat())
}

/** Two readings of one invoice. */
export function compareInvoices(left: Invoice, right: Invoice): Comparison {
  return counted(differences(left, right, 'invoice'))
}

function fieldsOf(document: ExtractedDocument | undefined): Record<string, unknown> {
  if (document?.kind === 'invoice') return { invoice: document.invoice }
  return document?.kind === 'bank-statement' ? { statement: document.statement } : {}
}

function typeDifference(left?: ExtractedDocument, right?: ExtractedDocument, path = ''): FieldDifference[] {
  const [a, b] = [left?.documentType, right?.documentType]
  if (a && b) return [{ path, state: a === b ? 'same' : 'changed', left: a, right: b }]
  return a ? [{ path, state: 'only-left', left: a }] : b ? [{ path, state: 'only-right', right: b }] : []
}

function differences(left: unknown, right: unknown, path: string): FieldDifference[] {
  if (isField(left) && isField(right)) {
    const state = sameValue(left, right) ? 'same' : 'changed'
    return [{ path, state, left: plainValue(left), right: plainValue(right) }]
  }
  if (right === undefined || right === null) return oneSided(left, path, 'left')
  if (left === undefined || left === null) return oneSided(right, path, 'right')
  if (Array.isArray(left) && Array.isArray(right)) {
    return align<unknown>(left, right).flatMap(([i, j]) => {
      const [a, b] = [i === undefined ? undefined : left[i], j === undefined ? undefined : right[j]]
      return differences(a, b, `${path}[${i ?? j}]`)
    })
  }
  if (typeof left !== 'object' || typeof right !== 'object') return []
  const [a, b] = [new Map(Object.entries(left)), new Map(Object.entries(right))]
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((name) =>
    differences(a.get(name), b.get(name), `${path}.${name}`),
  )
}

function oneSided(value: unknown, path: string, side: 'left' | 'right'): FieldDifference[] {
  return fieldsIn(value, path).map(({ path, field }) =>
    side === 'left'
      ? { path, state: 'only-left', left: plainValue(field) }
      : { path, state: 'only-right', right: plainValue(field) },
  )
}

function counted(all: FieldDifference[]): Comparison {
  const count = (state: FieldDifference['state']) => all.filter((each) => each.state === state).length
  return {
    same: count('same'),
    changed: count('changed'),
    onlyLeft: count('only-left'),
    onlyRight: count('only-right'),
    differences: all.filter(({ state }) => state !== 'same'),
  }
}
