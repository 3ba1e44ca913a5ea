import { z } from 'zod'

/** What becomes of signed documents: refused, or taken without what no change survives. */
export const Signed = z
  .enum(['refuse', 'take'])
  .default('refuse')
  .describe(
    'What becomes of signed files: refused, or taken; no signature survives, so they go, and the result tells which',
  )
export type Signed = z.infer<typeof Signed>

/** What the owner of a document does not permit to readers without the password. */
export const Protection = z.object({
  /** Such as "printing"; empty when the document is encrypted, and everything is permitted. */
  forbids: z.array(z.string()),
})
export type Protection = z.infer<typeof Protection>

/** A signature that the new document does not have. What was drawn for it stays on its page. */
export const RemovedSignature = z.object({
  /** The full name of its field. */
  field: z.string(),
  /** Who signed and when, as the signature says; nobody has verified it. */
  by: z.string().optional(),
  at: z.string().optional(),
})
export type RemovedSignature = z.infer<typeof RemovedSignature>

const counts = z.object({ kept: z.int(), dropped: z.int() })

/** What of its sources a new document has kept. */
export const Kept = z.object({
  pages: z.int(),
  /** Dropped are those that led to a page which did not come along. */
  links: counts,
  outline: counts,
  fields: counts.extend({ renamed: z.int() }),
  attachments: z.int(),
  tags: z.boolean(),
  labels: z.boolean(),
  layers: z.boolean(),
  /** Scripts that name fields or places by what these are called now. */
  scripts: z.object({
    changed: z.int(),
    /** The beginnings of those that may name them in ways that cannot be followed. */
    unsure: z.array(z.string()),
  }),
  appearances: z.object({
    /** Of fields whose form left them to viewers, beside forms that did not. */
    made: z.int(),
    /** Fields that none could be made for, and that had none. */
    missing: z.array(z.string()),
  }),
})
export type Kept = z.infer<typeof Kept>
