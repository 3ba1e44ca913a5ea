import { z } from 'zod'

/** The cases that a process is to try, and the folder in which it does. */
export const Asked = z.object({ seed: z.int(), from: z.int(), to: z.int(), folder: z.string() })
export type Asked = z.infer<typeof Asked>

/** What it tells of them: of each that it begins with it, and how it ended. */
export const Told = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('begun'), index: z.int() }),
  z.object({ kind: z.literal('done'), index: z.int(), isRead: z.boolean() }),
  z.object({ kind: z.literal('fault'), index: z.int(), why: z.string() }),
  /** Bytes of memory that were taken at most by cases tried together. */
  z.object({ kind: z.literal('grown'), bytes: z.number() }),
])
export type Told = z.infer<typeof Told>
