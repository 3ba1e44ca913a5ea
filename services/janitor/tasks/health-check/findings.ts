import type { HealthReport, Presence } from '@pdf-smaller/contracts'

type Components = HealthReport['components']
type Figures<K extends keyof Components> = Omit<NonNullable<Components[K]>, 'status' | 'issues'>

/** What was found out about a part; `problem` where it could not be. */
type Finding<K extends keyof Components> = Figures<K> & { problem?: string }

/** What the check saw, not yet judged. */
export type Findings = {
  events: Finding<'events'>
  objects: Finding<'objects'>
  llm: Finding<'llm'> | undefined
  /** What the services tell of themselves and their hosts. */
  services: { instances: Presence[]; problem?: string }
}
