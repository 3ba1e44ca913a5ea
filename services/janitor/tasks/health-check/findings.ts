import type { HealthReport } from '@pdf-smaller/contracts'

type Components = HealthReport['components']
type Figures<K extends keyof Components> = Omit<Components[K], 'status' | 'issues'>

/** What was found out about a part; `problem` where it could not be. */
type Finding<K extends keyof Components> = Figures<K> & { problem?: string }

/** What the check saw, not yet judged. */
export type Findings = {
  events: Finding<'events'>
  objects: Finding<'objects'>
  /** `missing` says which engine is missing or too old, and how to get it. */
  engines: Finding<'engines'> & { missing: string[] }
  disk: Finding<'disk'>
  services: Finding<'services'>
}
