import type { AnyField, FieldPath } from '@pdf-smaller/contracts/extraction'

/** A field and where it stands. */
export type FieldAt = { path: FieldPath; field: AnyField }

/** All fields below a value of an extraction, in its order; `path` is that of the value itself. */
export function fieldsIn(value: unknown, path: string): FieldAt[] {
  if (isField(value)) return [{ path, field: value }]
  if (Array.isArray(value)) return value.flatMap((each, index) => fieldsIn(each, `${path}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => fieldsIn(each, `${path}.${name}`))
}

/** The same with every field changed; what is no field stays as it is. */
export function mapFields<T>(value: T, change: (field: AnyField) => AnyField): T {
  return mapped(value, change) as T
}

function mapped(value: unknown, change: (field: AnyField) => AnyField): unknown {
  if (isField(value)) return change(value)
  if (Array.isArray(value)) return value.map((each) => mapped(each, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mapped(each, change)]))
}

/** Whether a value is a field of an extraction. */
export function isField(value: unknown): value is AnyField {
  return (
    typeof value === 'object' &&
    value !== null &&
    'value' in value &&
    'grade' in value &&
    'provenance' in value
  )
}
