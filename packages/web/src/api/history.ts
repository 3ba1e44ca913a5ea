import type { JobEvent } from '@pdf-smaller/contracts'
import type { Receipt as ReceiptContract } from '@pdf-smaller/contracts/http'
import { ask } from './ask.ts'
import { partOf, z } from './parts.ts'

/** A fact about a job; `data` is read by whoever knows the type. */
export const Fact = partOf<JobEvent>()(
  z.object({ type: z.string(), time: z.string(), data: z.record(z.string(), z.unknown()) }),
)
export type Fact = z.output<typeof Fact>

const History = z.object({ events: z.array(z.object({ sequence: z.number(), event: Fact })) })

/** @throws Trouble */
export const historyOf = async (job: string): Promise<Fact[]> => {
  const { events } = await ask(`/api/jobs/${encodeURIComponent(job)}/history`, History)
  return events.map(({ event }) => event)
}

export const Receipt = partOf<ReceiptContract>()(
  z.object({
    requester: z.string(),
    worker: z.optional(z.string()),
    measures: z.optional(
      z.object({
        queuedMs: z.number(),
        runMs: z.number(),
        engineMs: z.number(),
        peakBytes: z.optional(z.number()),
        pages: z.optional(z.number()),
      }),
    ),
    engines: z.optional(z.record(z.string(), z.string())),
    inputs: z.array(z.object({ name: z.string(), sha256: z.string() })),
    outputs: z.array(z.object({ name: z.string(), sha256: z.string() })),
    files: z.object({ keptUntil: z.optional(z.string()), deletedAt: z.optional(z.string()) }),
  }),
)
export type Receipt = z.output<typeof Receipt>

/** @throws Trouble */
export const receiptOf = (job: string) => ask(`/api/jobs/${encodeURIComponent(job)}/receipt`, Receipt)
