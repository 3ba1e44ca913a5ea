import type { WorkerParts } from '@pdf-smaller/worker'
import type { JanitorConfig } from '../src/settings.ts'

/** What maintenance works on: everybody's events and files. */
export type Backbone = Pick<WorkerParts, 'connection' | 'store' | 'objects'> & {
  config: JanitorConfig
  clock: () => Date
}
