import { defaultTenant, JobFailure } from '@pdf-smaller/contracts'
import { type Route, Scope } from '@pdf-smaller/contracts/http'
import type { Task } from '@pdf-smaller/task'
import type { ApiKey, KeyRing } from './key-ring.ts'
import { openRateLimits, type RateLimits } from './rate-limit.ts'

/** On whose behalf a request is carried out. */
export type Caller = {
  /** The id of the key; `anonymous` where there are none. */
  id: string
  tenant: string
  scopes: readonly Scope[]
  maxUploadBytes: number
}

/** What a route asks for. */
export type Access = Route['access']

/** Tells who asks; the answer's headers may say how much is left. */
export type Identify = (
  authorization: string | undefined,
  access: Scope,
  setHeader: (name: string, value: string) => void,
) => Caller

/**
 * Maintenance works on what belongs to all tenants, so it asks for more than other tasks.
 * @throws JobFailure forbidden
 */
export function assertMayRun(
  { scopes }: Pick<Caller, 'scopes'>,
  task: Pick<Task, 'name' | 'maintenance'>,
): void {
  if (task.maintenance && !scopes.includes('admin'))
    throw new JobFailure('forbidden', `${task.name} needs the scope "admin"`)
}

/** Without keys everyone is the same caller, who may do everything. */
export function anyone(maxUploadBytes: number): Identify {
  const caller: Caller = { id: 'anonymous', tenant: defaultTenant, scopes: Scope.options, maxUploadBytes }
  return () => caller
}

/**
 * Bearer keys (RFC 6750), their scopes and rates.
 * @throws JobFailure unauthorized, forbidden, rate_limited
 */
export function keyHolders(keys: KeyRing, maxUploadBytes: number, clock: () => Date): Identify {
  const callers = new WeakMap<ApiKey, Caller>()
  const limits: RateLimits = openRateLimits()
  return (authorization, access, setHeader) => {
    const key = authenticate(keys, authorization, clock)
    const wait = key.requestsPerMinute
      ? limits.take(key.id, key.requestsPerMinute, clock().getTime(), setHeader)
      : 0
    if (wait > 0) {
      throw new JobFailure('rate_limited', `the key ${key.id} may send ${key.requestsPerMinute} in a minute`)
    }
    if (!key.scopes.includes(access)) throw new JobFailure('forbidden', `it needs the scope "${access}"`)
    let caller = callers.get(key)
    if (!caller) callers.set(key, (caller = callerOf(key, maxUploadBytes)))
    return caller
  }
}

function authenticate(keys: KeyRing, authorization: string | undefined, clock: () => Date): ApiKey {
  const secret = authorization?.slice(0, 7).toLowerCase() === 'bearer ' ? authorization.slice(7).trim() : ''
  if (!secret) throw new JobFailure('unauthorized')
  const key = keys.find(secret)
  if (!key) throw new JobFailure('unauthorized', 'the key is not known')
  if (key.expiresAt && clock() >= new Date(key.expiresAt))
    throw new JobFailure('unauthorized', `the key ${key.id} expired at ${key.expiresAt}`)
  return key
}

function callerOf({ id, tenant, scopes, maxUploadMb }: ApiKey, maxUploadBytes: number): Caller {
  const own = maxUploadMb === undefined ? maxUploadBytes : Math.round(maxUploadMb * 1024 * 1024)
  return { id, tenant, scopes, maxUploadBytes: Math.min(own, maxUploadBytes) }
}
