import type { HealthReport, HealthStatus, Judgement, Presence } from '@pdf-smaller/contracts'
import type { Findings } from './findings.ts'

const gigabyte = 1e9

/** Where a part begins to be degraded or unhealthy. */
export const bounds = {
  eventsSlowMs: 1000,
  objectsSlowMs: 3000,
  diskLowBytes: 5 * gigabyte,
  diskFullBytes: gigabyte,
  /** A process tells of itself four times in this time. */
  silentMs: 60_000,
} as const

type Issue = { status: Exclude<HealthStatus, 'healthy'>; says: string }

/** Judges what was found. The system is as well as the worst of its parts. */
export function judge(found: Findings, at: Date, tookMs: number): HealthReport {
  const { problem: _, ...events } = found.events
  const { problem: __, ...objects } = found.objects
  const { problem: ___, missing, ...engines } = found.engines
  const { problem: ____, ...disk } = found.disk
  const { problem: _____, ...services } = found.services
  const components = {
    events: { ...events, ...judgement(eventIssues(found.events)) },
    objects: { ...objects, ...judgement(objectIssues(found.objects)) },
    engines: { ...engines, ...judgement(missing.map((says) => ({ status: 'degraded', says }))) },
    disk: { ...disk, ...judgement(diskIssues(found.disk)) },
    services: { ...services, ...judgement(serviceIssues(found, at)) },
  }
  const parts = Object.values(components)
  return {
    status: worst(parts.map(({ status }) => status)),
    issues: parts.flatMap(({ issues }) => issues),
    at: at.toISOString(),
    tookMs,
    components,
  }
}

function eventIssues({ problem, ms }: Findings['events']): Issue[] {
  if (problem) return [{ status: 'unhealthy', says: `The event store does not answer: ${problem}` }]
  return ms > bounds.eventsSlowMs
    ? [{ status: 'degraded', says: `The event store is slow: it took ${Math.round(ms)} ms to answer` }]
    : []
}

function objectIssues({ problem, ms }: Findings['objects']): Issue[] {
  if (problem) return [{ status: 'unhealthy', says: `The object store does not work: ${problem}` }]
  return ms > bounds.objectsSlowMs
    ? [{ status: 'degraded', says: `The object store is slow: a small file took ${Math.round(ms)} ms` }]
    : []
}

function diskIssues({ folders, problem }: Findings['disk']): Issue[] {
  if (problem) return [{ status: 'degraded', says: `The disk could not be looked at: ${problem}` }]
  return folders.flatMap(({ folder, freeBytes }): Issue[] => {
    if (freeBytes >= bounds.diskLowBytes) return []
    const says = `Only ${(freeBytes / gigabyte).toFixed(1)} GB are free on the disk of ${folder}`
    return [{ status: freeBytes < bounds.diskFullBytes ? 'unhealthy' : 'degraded', says }]
  })
}

function serviceIssues({ services, events }: Findings, at: Date): Issue[] {
  if (services.problem)
    return [{ status: 'degraded', says: `Which services run is not known: ${services.problem}` }]
  const { instances } = services
  const isSilent = (each: Presence) => at.getTime() - Date.parse(each.at) > bounds.silentMs
  const silent = instances.filter((each) => !each.ended && isSilent(each))
  const running = new Set(
    instances.filter((each) => !each.ended && !isSilent(each)).map(({ service }) => service),
  )
  return [
    ...silent.map(({ service, name, at: heardAt }): Issue => ({
      status: 'degraded',
      says: `${service} on ${name} was last heard of at ${heardAt}`,
    })),
    ...events.consumers
      .filter(({ name, waiting, out }) => waiting + out > 0 && !running.has(name))
      .map(({ name, waiting, out }): Issue => ({
        status: 'unhealthy',
        says: `${waiting + out} jobs wait for ${name}, and no worker of it runs`,
      })),
  ]
}

function judgement(issues: readonly Issue[]): Judgement {
  return { status: worst(issues.map(({ status }) => status)), issues: issues.map(({ says }) => says) }
}

function worst(statuses: readonly HealthStatus[]): HealthStatus {
  if (statuses.includes('unhealthy')) return 'unhealthy'
  return statuses.includes('degraded') ? 'degraded' : 'healthy'
}
