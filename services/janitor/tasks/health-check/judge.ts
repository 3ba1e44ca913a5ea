import type { Issue } from './issue.ts'
import type { HealthReport, HealthStatus, Judgement, Presence } from '@pdf-smaller/contracts'
import type { Findings } from './findings.ts'
import { diskIssues, disksOf, engineIssues, enginesOf } from './judge-hosts.ts'

/** Where a part begins to be degraded or unhealthy. */
export const bounds = {
  eventsSlowMs: 1000,
  objectsSlowMs: 3000,
  /** A process tells of itself four times in this time. */
  silentMs: 60_000,
  /** Of the time that events are kept: an integrator that is so far behind is about to lose some. */
  integratorLag: 0.75,
} as const

/** Judges what was found. The system is as well as the worst of its parts. */
export function judge(found: Findings, at: Date, tookMs: number): HealthReport {
  const { problem: _, ...events } = found.events
  const { problem: __, ...objects } = found.objects
  const { instances } = found.services
  const running = instances.filter((each) => !each.ended && !isSilent(each, at))
  const engines = enginesOf(running)
  const folders = disksOf(running)
  const components = {
    events: {
      ...events,
      ...judgement([...eventIssues(found.events), ...integratorIssues(found.events, at)]),
    },
    objects: { ...objects, ...judgement(objectIssues(found.objects)) },
    engines: { services: engines, ...judgement(engineIssues(engines)) },
    disk: { folders, ...judgement(diskIssues(folders)) },
    ...(found.llm ? { llm: judgedLlm(found.llm) } : {}),
    services: { instances, ...judgement(serviceIssues(found, running, at)) },
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

/** Events are deleted when their time is over, whoever has not read them yet. */
function integratorIssues({ integrators = [], keptSeconds }: Findings['events'], at: Date): Issue[] {
  if (!keptSeconds) return []
  return integrators.flatMap(({ tenant, name, waiting, out, oldestAt }): Issue[] => {
    if (oldestAt === undefined) return []
    const seconds = (at.getTime() - Date.parse(oldestAt)) / 1000
    if (seconds < keptSeconds * bounds.integratorLag) return []
    const says =
      `The integrator ${name} of the tenant ${tenant} has not acknowledged ${waiting + out} of its events, the ` +
      `oldest of ${oldestAt}; events are deleted after ${days(keptSeconds)} days, read or not`
    return [{ status: 'degraded', says }]
  })
}

const days = (seconds: number) => Math.round(seconds / 86_400)

function objectIssues({ problem, ms }: Findings['objects']): Issue[] {
  if (problem) return [{ status: 'unhealthy', says: `The object store does not work: ${problem}` }]
  return ms > bounds.objectsSlowMs
    ? [{ status: 'degraded', says: `The object store is slow: a small file took ${Math.round(ms)} ms` }]
    : []
}

/** Documents can be read without it, so it makes nothing unhealthy. */
function judgedLlm({ problem, ...llm }: NonNullable<Findings['llm']>) {
  const says = `The language models at ${llm.url} are of no use: ${problem}`
  return { ...llm, ...judgement(problem ? [{ status: 'degraded', says }] : []) }
}

const isSilent = (each: Presence, at: Date) => at.getTime() - Date.parse(each.at) > bounds.silentMs

function serviceIssues({ services, events }: Findings, running: readonly Presence[], at: Date): Issue[] {
  if (services.problem)
    return [{ status: 'degraded', says: `Which services run is not known: ${services.problem}` }]
  const silent = services.instances.filter((each) => !each.ended && isSilent(each, at))
  const served = new Set(running.map(({ service }) => service))
  return [
    ...silent.map(({ service, name, at: heardAt }): Issue => ({
      status: 'degraded',
      says: `${service} on ${name} was last heard of at ${heardAt}`,
    })),
    ...events.consumers
      .filter(({ name, waiting, out }) => waiting + out > 0 && !served.has(name))
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
