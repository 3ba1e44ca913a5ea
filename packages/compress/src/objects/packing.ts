import type { ObjectPacking } from '@pdf-smaller/pdf'
import type { Packing } from '../levels.ts'
import { pack } from '../surgical/flate.ts'

/** Objects together in as few streams as can be: the more there are in one, the more they have in common. */
export const objectPacking = (packing: Packing): ObjectPacking => ({
  pack: (bytes) => pack(bytes, packing),
  objectsInStream: Infinity,
})
