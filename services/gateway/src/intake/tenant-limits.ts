import { JobFailure } from '@pdf-smaller/contracts'
import type { JobProjection } from '../projection/port.ts'
import type { GatewayConfig } from '../settings.ts'

/** What a tenant brings. */
type Load = { jobs: number; bytes: number }

/** How much one tenant may have here at once. Gateways count what is stored, and each for itself what is on its way. */
export type TenantLimits = {
  /** @throws JobFailure tenant_busy, tenant_full: there is no room for anything more */
  check: (tenant: string) => void
  /** @throws JobFailure tenant_full */
  checkStored: (tenant: string) => void
  /**
   * Sets room aside for jobs that are about to be stored.
   * @returns gives it back, once the projection counts them
   * @throws JobFailure tenant_busy, tenant_full
   */
  take: (tenant: string, load: Load) => () => void
}

type Bounds = Pick<GatewayConfig, 'TENANT_MAX_QUEUED' | 'TENANT_MAX_RUNNING' | 'TENANT_MAX_STORED_MB'>

export function openTenantLimits(
  { TENANT_MAX_QUEUED, TENANT_MAX_RUNNING, TENANT_MAX_STORED_MB }: Bounds,
  { usage }: Pick<JobProjection, 'usage'>,
): TenantLimits {
  const onTheirWay = new Map<string, Load>()
  const add = (tenant: string, { jobs, bytes }: Load, sign: 1 | -1) => {
    const had = onTheirWay.get(tenant) ?? { jobs: 0, bytes: 0 }
    const has = { jobs: had.jobs + sign * jobs, bytes: had.bytes + sign * bytes }
    if (has.jobs === 0) onTheirWay.delete(tenant)
    else onTheirWay.set(tenant, has)
  }
  const checkStored = (tenant: string, bytes = 1) => {
    if (TENANT_MAX_STORED_MB === undefined) return
    const has = usage(tenant).bytes + (onTheirWay.get(tenant)?.bytes ?? 0)
    if (has + bytes <= TENANT_MAX_STORED_MB) return
    const most = `${megabytes(TENANT_MAX_STORED_MB)} MB (PDF_SMALLER_TENANT_MAX_STORED_MB)`
    throw new JobFailure('tenant_full', `it has ${megabytes(has)} MB of ${most}`)
  }
  const check = (tenant: string, { jobs, bytes }: Load = { jobs: 1, bytes: 1 }) => {
    const { waiting, running } = usage(tenant)
    const queued = waiting + (onTheirWay.get(tenant)?.jobs ?? 0)
    if (TENANT_MAX_QUEUED !== undefined && queued + jobs > TENANT_MAX_QUEUED)
      throw new JobFailure(
        'tenant_busy',
        `${queued} jobs wait, of ${TENANT_MAX_QUEUED} (PDF_SMALLER_TENANT_MAX_QUEUED)`,
      )
    if (TENANT_MAX_RUNNING !== undefined && running >= TENANT_MAX_RUNNING)
      throw new JobFailure(
        'tenant_busy',
        `${running} jobs run, of ${TENANT_MAX_RUNNING} (PDF_SMALLER_TENANT_MAX_RUNNING)`,
      )
    checkStored(tenant, bytes)
  }
  return {
    check: (tenant) => check(tenant),
    checkStored: (tenant) => checkStored(tenant),
    take: (tenant, load) => {
      check(tenant, load)
      add(tenant, load, 1)
      return () => add(tenant, load, -1)
    },
  }
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1024 / 1024)
