import { HealthReport, type HealthStatus, type JobView, systemTenant } from '@pdf-smaller/contracts'
import type { SystemHealth } from '@pdf-smaller/contracts/http'
import type { Context } from './context.ts'

const dayMs = 86_400_000
/** Three checks: one may be missed without a word. */
const staleMs = 900_000
/** A check every five minutes, and some that were caught up with. */
const mostChecks = 400

type Parts = Pick<Context, 'projection' | 'clock'>

export function systemHealth({ projection, clock }: Parts): SystemHealth {
  const now = clock().getTime()
  const reports = checksSince(projection, now - dayMs, mostChecks)
  const [report] = reports
  const forecasts = projection.forecastErrors()
  const history = reports.map(({ at, status, issues }) => ({ at, status, issues }))
  if (!report)
    return {
      status: 'unhealthy',
      issues: ['No health check was made in the last day. Is a janitor running?'],
      forecasts,
      history,
    }
  const ageMs = now - Date.parse(report.at)
  const { status, issues } = report
  if (ageMs <= staleMs) return { status, issues, report, forecasts, history }
  const stale = `The newest health check is ${Math.round(ageMs / 60_000)} minutes old. Is a janitor running?`
  return { status: 'unhealthy', issues: [stale, ...issues], report, forecasts, history }
}

const levels: Record<HealthStatus, number> = { healthy: 0, degraded: 1, unhealthy: 2 }

/** Brings the gauges up to date with the newest check. */
export function measureHealth({ projection, clock, metrics }: Parts & Pick<Context, 'metrics'>): void {
  const [report] = checksSince(projection, clock().getTime() - staleMs, 1)
  if (!report) return
  metrics.health.reset()
  for (const [component, part] of Object.entries(report.components))
    if (part) metrics.health.set({ component }, levels[part.status])
  for (const { name: stream, messages, bytes } of report.components.events.streams) {
    metrics.streamMessages.set({ stream }, messages)
    metrics.streamBytes.set({ stream }, bytes)
  }
  measureIntegrators(metrics, report)
  // Those of processes that are gone go with them.
  for (const gauge of [metrics.diskFree, metrics.diskSize, metrics.engineInstalled]) gauge.reset()
  for (const { host, folder, freeBytes, bytes } of report.components.disk.folders) {
    metrics.diskFree.set({ host, folder }, freeBytes)
    metrics.diskSize.set({ host, folder }, bytes)
  }
  for (const { service, name: instance, versions, missing } of report.components.engines.services) {
    for (const engine of Object.keys(versions)) metrics.engineInstalled.set({ service, instance, engine }, 1)
    for (const { engine } of missing) metrics.engineInstalled.set({ service, instance, engine }, 0)
  }
}

function measureIntegrators(
  { integratorWaiting, integratorBehind }: Context['metrics'],
  { at, components }: HealthReport,
): void {
  for (const gauge of [integratorWaiting, integratorBehind]) gauge.reset()
  for (const { tenant, name: consumer, waiting, out, oldestAt } of components.events.integrators ?? []) {
    integratorWaiting.set({ tenant, consumer }, waiting + out)
    const behind = oldestAt === undefined ? 0 : (Date.parse(at) - Date.parse(oldestAt)) / 1000
    integratorBehind.set({ tenant, consumer }, Math.max(0, behind))
  }
}

function checksSince(projection: Context['projection'], since: number, most: number): HealthReport[] {
  const filter = {
    task: 'health-check',
    status: 'completed' as const,
    requestedAfter: new Date(since).toISOString(),
  }
  return projection.list(systemTenant, filter, most).jobs.flatMap(reportOf)
}

/** A report of an earlier version of this service may have another form. */
function reportOf({ result }: JobView): HealthReport[] {
  const parsed = HealthReport.safeParse(result)
  return parsed.success ? [parsed.data] : []
}
