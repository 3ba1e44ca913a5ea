import { JobFailure } from '@pdf-smaller/contracts'
import type { Caller } from './caller.ts'

/**
 * The tenant whose events a caller follows; `*` is all.
 * @throws JobFailure forbidden
 */
export function followedTenant(
  { tenant, allTenants, follows }: Pick<Caller, 'tenant' | 'allTenants' | 'follows'>,
  wanted: string | undefined,
): string {
  const own = follows ?? tenant
  if (wanted === undefined || wanted === own) return own
  if (!allTenants)
    throw new JobFailure(
      'forbidden',
      'the events of other tenants need a key with the scope "admin" and with "allTenants"',
    )
  return wanted
}
