import { z } from 'zod'

export const HealthStatus = z.enum(['healthy', 'degraded', 'unhealthy'])
export type HealthStatus = z.infer<typeof HealthStatus>

/** How a part is, and what is wrong with it in words. */
export const Judgement = z.object({ status: HealthStatus, issues: z.array(z.string()) })
export type Judgement = z.infer<typeof Judgement>

/** What a process tells of one of its services, every few seconds. */
export const Presence = z.object({
  service: z.string(),
  name: z.string(),
  at: z.string(),
  /** Ended in order: it is not missed. */
  ended: z.boolean(),
})
export type Presence = z.infer<typeof Presence>

/** How the whole system is, component by component. */
export const HealthReport = Judgement.extend({
  at: z.string(),
  tookMs: z.number(),
  components: z.object({
    events: Judgement.extend({
      /** Of nats-server. */
      version: z.string(),
      ms: z.number(),
      streams: z.array(
        z.object({ name: z.string(), messages: z.int(), bytes: z.int(), oldestAt: z.string().optional() }),
      ),
      /** Who reads the stream of jobs: how many messages wait, and how many are being worked on. */
      consumers: z.array(
        z.object({ name: z.string(), waiting: z.int(), out: z.int(), redelivered: z.int() }),
      ),
    }),
    /** A small file was written, read and deleted. */
    objects: Judgement.extend({ ms: z.number() }),
    /** On the host of the janitor. */
    engines: Judgement.extend({ versions: z.record(z.string(), z.string()) }),
    disk: Judgement.extend({
      folders: z.array(z.object({ folder: z.string(), freeBytes: z.number(), bytes: z.number() })),
    }),
    services: Judgement.extend({ instances: z.array(Presence) }),
  }),
})
export type HealthReport = z.infer<typeof HealthReport>
