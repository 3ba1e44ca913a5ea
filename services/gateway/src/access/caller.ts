import { isDeepStrictEqual } from 'node:util'
import { defaultTenant, JobFailure } from '@pdf-smaller/contracts'
import { type Route, Scope } from '@pdf-smaller/contracts/http'
import type { Task } from '@pdf-smaller/task'
import type { ApiKey, KeyRing } from './key-ring.ts'
import { openRateLimits, type RateLimits } from './rate-limit.ts'
import type { Claims, StreamTokens } from './stream-tokens.ts'

/** On whose behalf a request is carried out. */
export type Caller = {
  /** The id of the key; `anonymous` where there are none. */
  id: string
  tenant: string
  scopes: readonly Scope[]
  maxUploadBytes: number
  /** It may follow the events of all tenants. */
  allTenants: boolean
  /** The tenant whose events its stream token opens, `*` for all; absent for a key. */
  follows?: string
  /** Whether it would be let in now, too. */
  stands: () => boolean
}

/** What a route asks for. */
export type Access = Route['access']

/** Tells who asks; the answer's headers may say how much is left. */
export type Identify = (
  /** A stream token counts where there is no authorization; it is given where the route takes one. */
  shown: { authorization: string | undefined; token: string | undefined },
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
  const caller: Caller = {
    id: 'anonymous',
    tenant: defaultTenant,
    scopes: Scope.options,
    maxUploadBytes,
    allTenants: true,
    stands: () => true,
  }
  return () => caller
}

/**
 * Bearer keys (RFC 6750), their scopes and rates; and tokens that were made with them.
 * @throws JobFailure unauthorized, forbidden, rate_limited
 */
export function keyHolders(
  keys: Pick<KeyRing, 'find' | 'byId'>,
  tokens: Pick<StreamTokens, 'read'>,
  maxUploadBytes: number,
  clock: () => Date,
): Identify {
  const callers = new WeakMap<ApiKey, Caller>()
  const limits: RateLimits = openRateLimits()
  const callerOf = (key: ApiKey) => {
    let caller = callers.get(key)
    if (!caller)
      callers.set(key, (caller = newCaller(key, maxUploadBytes, () => stillStands(keys, key, clock))))
    return caller
  }
  return ({ authorization, token }, access, setHeader) => {
    const claims = token && authorization === undefined ? claimsIn(tokens, token, clock) : undefined
    const key = claims ? keyOfToken(keys, claims, clock) : authenticate(keys, authorization, clock)
    const wait = key.requestsPerMinute
      ? limits.take(key.id, key.requestsPerMinute, clock().getTime(), setHeader)
      : 0
    if (wait > 0) {
      throw new JobFailure('rate_limited', `the key ${key.id} may send ${key.requestsPerMinute} in a minute`)
    }
    if (!key.scopes.includes(access)) throw new JobFailure('forbidden', `it needs the scope "${access}"`)
    const caller = callerOf(key)
    return claims ? tokenHolder(caller, claims) : caller
  }
}

/** It may follow whom the token names, and nobody else, if the key may still do so. */
function tokenHolder(caller: Caller, { tenant }: Claims): Caller {
  if (tenant !== caller.tenant && !caller.allTenants)
    throw new JobFailure('forbidden', `its key may not follow the tenant "${tenant}" any more`)
  const own = tenant === '*' ? caller.tenant : tenant
  return { ...caller, tenant: own, scopes: ['read'], allTenants: false, follows: tenant }
}

function claimsIn(tokens: Pick<StreamTokens, 'read'>, token: string, clock: () => Date): Claims {
  const claims = tokens.read(token)
  if (!claims) throw new JobFailure('unauthorized', 'the stream token is not known')
  if (clock().getTime() >= claims.until * 1000) {
    const at = new Date(claims.until * 1000).toISOString()
    throw new JobFailure('unauthorized', `the stream token expired at ${at}`)
  }
  return claims
}

function keyOfToken(keys: Pick<KeyRing, 'byId'>, claims: Claims, clock: () => Date): ApiKey {
  const key = keys.byId(claims.key)
  if (!key || isExpired(key, clock))
    throw new JobFailure('unauthorized', 'the key that the stream token was made with is gone')
  return key
}

function authenticate(
  keys: Pick<KeyRing, 'find'>,
  authorization: string | undefined,
  clock: () => Date,
): ApiKey {
  const secret = authorization?.slice(0, 7).toLowerCase() === 'bearer ' ? authorization.slice(7).trim() : ''
  if (!secret) throw new JobFailure('unauthorized')
  const key = keys.find(secret)
  if (!key) throw new JobFailure('unauthorized', 'the key is not known')
  if (isExpired(key, clock))
    throw new JobFailure('unauthorized', `the key ${key.id} expired at ${key.expiresAt}`)
  return key
}

const isExpired = ({ expiresAt }: ApiKey, clock: () => Date) =>
  expiresAt !== undefined && clock() >= new Date(expiresAt)

/** Whether a key is there as it was. */
function stillStands(keys: Pick<KeyRing, 'byId'>, key: ApiKey, clock: () => Date): boolean {
  const now = keys.byId(key.id)
  return (
    now !== undefined &&
    isDeepStrictEqual({ ...now, expiresAt: '' }, { ...key, expiresAt: '' }) &&
    !isExpired(now, clock)
  )
}

function newCaller(
  { id, tenant, scopes, maxUploadMb, allTenants = false }: ApiKey,
  maxUploadBytes: number,
  stands: () => boolean,
): Caller {
  const own = maxUploadMb === undefined ? maxUploadBytes : Math.round(maxUploadMb * 1024 * 1024)
  return {
    id,
    tenant,
    scopes,
    maxUploadBytes: Math.min(own, maxUploadBytes),
    allTenants: allTenants && scopes.includes('admin'),
    stands,
  }
}
