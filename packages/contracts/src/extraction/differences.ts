import { z } from 'zod'
import { FieldPath } from './checks.ts'

/** A value of a field as plain text: `2025-01-31`, `1234.50 EUR`, `Acme GmbH`. */
export const PlainValue = z.string()

const state = z.enum(['same', 'changed', 'only-left', 'only-right'])

/** How one field of two extractions compares. */
export const FieldDifference = z.object({
  /** The field in the left extraction, or in the right one where only that has it. */
  path: FieldPath,
  state,
  left: PlainValue.optional(),
  right: PlainValue.optional(),
})
export type FieldDifference = z.infer<typeof FieldDifference>

/** Two extractions field by field. Rows are matched by what they say, so that one that is missing shifts no others. */
export const Comparison = z.object({
  same: z.int().nonnegative(),
  changed: z.int().nonnegative(),
  onlyLeft: z.int().nonnegative(),
  onlyRight: z.int().nonnegative(),
  /** What is not the same, in the order of the left extraction. */
  differences: z.array(FieldDifference),
})
export type Comparison = z.infer<typeof Comparison>
