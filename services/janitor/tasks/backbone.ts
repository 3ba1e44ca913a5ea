import type { WorkerParts } from '@pdf-smaller/worker'

/** What maintenance works on: everybody's events and files. */
export type Backbone = Pick<WorkerParts, 'config' | 'connection' | 'store' | 'objects'> & {
  clock: () => Date
}
