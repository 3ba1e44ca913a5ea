import { z } from 'zod'
import { FailureCode } from '../failure.ts'
import { HealthReport, Judgement } from '../health.ts'
import type { Route } from './route.ts'

const asking = { method: 'GET', tag: 'Operations', endings: [] } as const

export const getLiveness = {
  ...asking,
  id: 'getLiveness',
  path: '/livez',
  access: 'open',
  summary: 'Whether the process answers',
  description: 'Nothing else is looked at; a platform starts a process anew that does not answer here.',
  answers: { 200: { description: 'It does', schema: z.object({ status: z.literal('alive') }) } },
} as const satisfies Route

const Part = z.object({
  ok: z.boolean(),
  /** Of the failure that requests end with meanwhile. */
  code: FailureCode.optional(),
  why: z.string().optional(),
})

/**
 * Whether the gateway can serve requests, and what each thing that it needs says. A full store refuses new jobs only,
 * so a gateway is of use all the same: results, lists and erasing go on.
 */
export const Readiness = z.object({
  status: z.enum(['ready', 'not ready']),
  parts: z.object({ events: Part, objects: Part, projection: Part }),
})
export type Readiness = z.infer<typeof Readiness>

export const getReadiness = {
  ...asking,
  id: 'getReadiness',
  path: '/readyz',
  access: 'open',
  summary: 'Whether requests can be served, part by part',
  description: 'The event store, the object store, and how far this gateway has read the events.',
  answers: {
    200: { description: 'They can', schema: Readiness },
    503: { description: 'They cannot, and why', schema: Readiness },
  },
} as const satisfies Route

export const getMetrics = {
  ...asking,
  id: 'getMetrics',
  path: '/metrics',
  access: 'admin',
  summary: 'Measurements for Prometheus',
  description: 'Counts and times of this process, and how the system was by its newest health check.',
  answers: { 200: { description: 'Text', schema: z.string(), contentType: 'text/plain' } },
} as const satisfies Route

/** The median factor, 1 when they were right; absent without jobs. */
const ForecastError = z.object({ jobs: z.int(), typicalFactor: z.number().optional() })

/** How the system is by its newest check, and how it was in the last day. */
export const SystemHealth = Judgement.extend({
  /** The newest check; absent when none was made in the last day. */
  report: HealthReport.optional(),
  /** How far the run times and the waits for a worker that jobs were expected to have were off in this gateway. */
  forecasts: z.object({ runs: ForecastError, waits: ForecastError }),
  /** The checks of the last day, the newest first. */
  history: z.array(Judgement.extend({ at: z.string() })),
})
export type SystemHealth = z.infer<typeof SystemHealth>

export const getHealth = {
  ...asking,
  id: 'getHealth',
  path: '/api/health',
  access: 'admin',
  summary: 'How the whole system is, part by part, and how it was in the last day',
  description: 'By the newest job of the task `health-check`, which runs every five minutes.',
  answers: {
    200: { description: 'It is healthy, or degraded', schema: SystemHealth },
    503: { description: 'It is unhealthy, and why', schema: SystemHealth },
  },
} as const satisfies Route
