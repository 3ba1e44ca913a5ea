import { z } from 'zod'

/** What was deleted on the host of the janitor. */
export const Result = z.object({
  /** Files that the directory store was writing; always 0 with an S3 store. */
  objects: z.object({ files: z.int(), bytes: z.int() }),
  /** Folders of attempts. */
  workspaces: z.int(),
  /** Log files, where a folder of them is named. */
  logs: z.object({ compressed: z.int(), deleted: z.int() }),
})
export type Result = z.infer<typeof Result>
