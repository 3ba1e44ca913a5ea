import type { TextField } from '@pdf-smaller/contracts/extraction'
import { type Checked, relation } from './checked.ts'

/** Whether a text that a document states has the shape or the check digits that it must have; nothing where it is absent. */
export function shaped(
  id: string,
  title: string,
  field: TextField | undefined,
  holds: (text: string) => boolean,
  told: { weight?: 'hint' } = {},
): Checked[] {
  if (!field) return []
  const about = { id, title, severity: 'warning' } as const
  return [relation(about, holds(field.value), { value: field.value }, [field], told)]
}
