import type { Stage } from '@pdf-smaller/task'

/** The stages of compressing a document. */
export const stages: readonly Stage[] = [
  { name: 'initialization', weight: 5 },
  { name: 'analysis', weight: 15 },
  { name: 'compression', weight: 70 },
  { name: 'optimization', weight: 8 },
  { name: 'finalization', weight: 2 },
]
