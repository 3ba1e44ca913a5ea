import type { AnyField, Evidence, Grade, Place, Source } from '@pdf-smaller/contracts/extraction'

/** What speaks for a value and against it. What is not known is left out. */
export type Signs = {
  /** How sure it is that the words at the value name it: its label, one like it, or none. */
  label?: 'exact' | 'near' | 'none'
  /** Whether it has the shape that such values have: a date, an amount with cents, an id of a known length. */
  shape?: boolean
  /** Whether its check digits are right, where it has some. */
  checksum?: boolean
  /** Whether it stands where such values stand: in the column, in the block of totals. */
  place?: boolean
  /** How many other values could have been taken just as well. */
  rivals?: number
  /** How sure the reader of the words is, 0 to 1; of several words the least sure one. */
  reader?: number
  /** How sure the model says that it is, 0 to 1. */
  model?: number
}

/** Log odds that a sign is worth. Nothing by itself is proof: a label, the shape and the place together are 0.94. */
const worth = {
  label: { exact: 1.4, near: 0.6, none: -0.6 },
  shape: { true: 0.8, false: -2 },
  checksum: { true: 3, false: -2.5 },
  place: { true: 0.6, false: -0.6 },
} as const
const perRival = -0.5
const mostRivals = 3

/** How likely a value is right, 0 to 1, by what speaks for it; never above what its reader or the model is sure of. */
export function confidenceOf({
  label,
  shape,
  checksum,
  place,
  rivals = 0,
  reader = 1,
  model = 1,
}: Signs): number {
  const odds =
    (label ? worth.label[label] : 0) +
    (shape === undefined ? 0 : worth.shape[`${shape}`]) +
    (checksum === undefined ? 0 : worth.checksum[`${checksum}`]) +
    (place === undefined ? 0 : worth.place[`${place}`]) +
    perRival * Math.min(rivals, mostRivals)
  return rounded(Math.min(1 / (1 + Math.exp(-odds)), reader, model))
}

export function gradeOf(confidence: number): Grade {
  if (confidence >= 0.95) return 'certain'
  if (confidence >= 0.8) return 'high'
  return confidence >= 0.55 ? 'medium' : 'low'
}

/** Where a value comes from. */
export type Origin = { raw: string | null; source: Source; provenance: Place[]; grounded: boolean }

/** A field of a value that was read, with no checks yet. */
export function fieldOf<V>(value: V, origin: Origin, signs: Signs): Evidence & { value: V } {
  const confidence = confidenceOf(signs)
  return { value, ...origin, confidence, grade: gradeOf(confidence), checks: [] }
}

/** A field that was worked out of others, which it is no surer than. It takes part in no check. */
export function derivedField<V>(value: V, from: readonly AnyField[]): Evidence & { value: V } {
  const confidence = Math.min(1, ...from.map((field) => field.confidence))
  return {
    value,
    raw: null,
    confidence,
    grade: gradeOf(confidence),
    source: 'derived',
    grounded: from.every(({ grounded }) => grounded),
    provenance: [],
    checks: [],
  }
}

/** A field of XML, exact as it is written. */
export function xmlField<V>(value: V, raw: string): Evidence & { value: V } {
  const origin = { raw, source: 'xml', provenance: [], grounded: true } as const
  return fieldOf(value, { ...origin, provenance: [] }, { label: 'exact', shape: true, place: true })
}

/**
 * A field after the checks that it took part in, by their ids: those that bear it out, those that speak against it, and
 * those that do neither. With proofs alone it is surer than before, with failures alone less sure; with both, the fault
 * may be another value's.
 */
export function checkedField<F extends AnyField>(
  field: F,
  { proofs, failed, hints }: { proofs: string[]; failed: string[]; hints: string[] },
): F {
  const { confidence: before } = field
  // A document that is checked again learns nothing from the checks that it had.
  const isNew = (id: string) => !field.checks.includes(id)
  const [bearOut, speakAgainst] = [proofs.some(isNew), failed.some(isNew)]
  const raised = bearOut && failed.length === 0
  const lowered = speakAgainst && proofs.length === 0
  const confidence = rounded(raised ? 1 - (1 - before) / 4 : lowered ? before / 2 : before)
  return {
    ...field,
    confidence,
    grade: gradeOf(confidence),
    checks: [...new Set([...field.checks, ...proofs, ...failed, ...hints])],
  }
}

function rounded(confidence: number): number {
  return Math.round(confidence * 1000) / 1000
}
