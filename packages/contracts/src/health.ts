import { z } from 'zod'

export const HealthStatus = z.enum(['healthy', 'degraded', 'unhealthy'])
export type HealthStatus = z.infer<typeof HealthStatus>

/** How a part is, and what is wrong with it in words. */
export const Judgement = z.object({ status: HealthStatus, issues: z.array(z.string()) })
export type Judgement = z.infer<typeof Judgement>

/** The engines of a host, by name, with their versions; and which of those that a service needs are missing or too old. */
export const InstalledEngines = z.object({
  versions: z.record(z.string(), z.string()),
  missing: z.array(z.object({ engine: z.string(), why: z.string() })),
})
export type InstalledEngines = z.infer<typeof InstalledEngines>

/** What holds the processes that work on files of strangers, beside limits on what they may take. */
export const Isolation = z.object({
  sandbox: z.enum(['bubblewrap', 'none']),
  /** Why there is none. */
  why: z.string().optional(),
})
export type Isolation = z.infer<typeof Isolation>

/** The disk that a folder is on. */
export const Disk = z.object({ folder: z.string(), freeBytes: z.number(), bytes: z.number() })
export type Disk = z.infer<typeof Disk>

/** What a process tells of one of its services, every few seconds. */
export const Presence = z.object({
  service: z.string(),
  name: z.string(),
  at: z.string(),
  /** Ended in order: it is not missed. */
  ended: z.boolean(),
  host: z.string().optional(),
  /** Looked for once, at its start; absent until then, and for a service that runs none. */
  engines: InstalledEngines.optional(),
  /** Looked for at the same time. */
  isolation: Isolation.optional(),
  /** Those of its folders. */
  disks: z.array(Disk).optional(),
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
      /** The consumers of integrators: what they have not acknowledged, and since when the oldest of that is stored. */
      integrators: z
        .array(
          z.object({
            tenant: z.string(),
            name: z.string(),
            waiting: z.int(),
            out: z.int(),
            oldestAt: z.string().optional(),
          }),
        )
        .optional(),
      /** How long events are kept, s; absent where they are for good. */
      keptSeconds: z.number().optional(),
    }),
    /** A small file was written, read and deleted. */
    objects: Judgement.extend({ ms: z.number() }),
    /** As the services that run tell of their hosts. */
    engines: Judgement.extend({
      services: z.array(
        InstalledEngines.extend({ service: z.string(), name: z.string(), isolation: Isolation.optional() }),
      ),
    }),
    disk: Judgement.extend({ folders: z.array(Disk.extend({ host: z.string() })) }),
    /** The endpoint of language models; absent where the settings name none. */
    llm: Judgement.extend({ url: z.string(), ms: z.number() }).optional(),
    services: Judgement.extend({
      instances: z.array(Presence.omit({ engines: true, isolation: true, disks: true })),
    }),
  }),
})
export type HealthReport = z.infer<typeof HealthReport>
