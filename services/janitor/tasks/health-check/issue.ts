import type { HealthStatus } from '@pdf-smaller/contracts'

/** What is wrong, and how bad that is. */
export type Issue = { status: Exclude<HealthStatus, 'healthy'>; says: string }
