import { z } from 'zod'

/** One token of a subject and one segment of an object key. */
export const Token = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

export const Tenant = Token
/** A UUID: version 7 (sortable by time), or version 8 when it derives from an idempotency key. */
export const JobId = z.uuid()

/** The tenant of the system's own periodic jobs. */
export const systemTenant = 'system'

/** The tenant of an installation without keys. */
export const defaultTenant = 'default'
