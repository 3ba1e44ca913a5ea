import { open, readFile, rename } from 'node:fs/promises'
import type { CheckpointStore } from '../project/store.ts'
import { z } from 'zod'

const Saved = z.object({
  state: z.unknown(),
  checkpoint: z.object({ sequence: z.int().positive(), id: z.string() }),
})

/**
 * Keeps a state in a file, as JSON: written beside it and renamed, so that it is always one that was saved.
 * @param parse reads a state as it was kept, such as the `parse` of a zod schema; what it throws is thrown on
 */
export function fileCheckpoint<S>(file: string, parse: (state: unknown) => S): CheckpointStore<S> {
  return {
    load: async () => {
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      })
      if (text === undefined) return undefined
      const { state, checkpoint } = Saved.parse(JSON.parse(text))
      return { state: parse(state), checkpoint }
    },
    save: async (state, checkpoint) => {
      const partial = await open(`${file}.new`, 'w', 0o600)
      try {
        await partial.writeFile(JSON.stringify({ state, checkpoint }))
        // Else the rename may survive a power failure that the content does not.
        await partial.sync()
      } finally {
        await partial.close()
      }
      await rename(`${file}.new`, file)
    },
  }
}
