import type { EngineContext } from '@pdf-smaller/engines'
import type { ObjectPacking } from '@pdf-smaller/pdf'
import type { Packing } from '../levels.ts'
import { pack } from '../surgical/flate.ts'
import { packHard } from '../surgical/pack-hard.ts'

/** So few bytes are not worth the start of a process. */
const fewBytes = 2048

/**
 * Objects together in as few streams as can be: the more there are in one, the more they have in common.
 * They are packed while a core is held for writing, so none is asked for.
 */
export const objectPacking = (packing: Packing, engine: EngineContext): ObjectPacking => ({
  pack: async (bytes) => {
    if (bytes.length < fewBytes) return pack(bytes)
    const [packed] = await packHard([bytes], packing, { ...engine, core: (work) => work() })
    return packed ?? pack(bytes)
  },
  objectsInStream: Infinity,
})
