import { z } from 'zod'
import type { FieldPath } from './checks.ts'
import { CountField, DayField, DecimalField, MoneyField, PriceField, TextField } from './field.ts'
import { Invoice } from './invoice.ts'
import { Statement } from './statement.ts'

/** What a field of an extraction may hold. `documentType` is no field, but a person may know it better, too. */
export type FieldKind = 'text' | 'day' | 'money' | 'price' | 'decimal' | 'count' | 'documentType'

const kinds = new Map<z.ZodType, FieldKind>([
  [TextField, 'text'],
  [DayField, 'day'],
  [MoneyField, 'money'],
  [PriceField, 'price'],
  [DecimalField, 'decimal'],
  [CountField, 'count'],
])

const document = z.object({ invoice: Invoice, statement: Statement })

/** The steps of a path: `invoice.lines[3].netAmount` is `invoice`, `lines`, `3`, `netAmount`. */
export function stepsOf(path: FieldPath): string[] {
  return path.split(/[.[\]]+/).filter((step) => step !== '')
}

/** What stands at a place below a document, by the schema; undefined where no field can stand. */
export function fieldKindAt(path: FieldPath): FieldKind | undefined {
  if (path === 'documentType') return 'documentType'
  const schema = stepsOf(path).reduce<z.core.$ZodType | undefined>(below, document)
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema
  return inner instanceof z.ZodType ? kinds.get(inner) : undefined
}

function below(schema: z.core.$ZodType | undefined, step: string): z.core.$ZodType | undefined {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema
  if (inner instanceof z.ZodArray) return /^\d+$/.test(step) ? inner.element : undefined
  if (!(inner instanceof z.ZodObject) || kinds.has(inner)) return undefined
  const shape: Record<string, z.core.$ZodType> = inner.shape
  return Object.hasOwn(shape, step) ? shape[step] : undefined
}
