import type { HealthReport, Presence } from '@pdf-smaller/contracts'
import type { Issue } from './issue.ts'

const gigabyte = 1e9

/** Where a disk begins to be degraded or unhealthy. */
export const diskBounds = { lowBytes: 5 * gigabyte, fullBytes: gigabyte } as const

type Components = HealthReport['components']
type OfEngines = Components['engines']['services']
type OfDisks = Components['disk']['folders']

/** What the services that run tell of the engines of their hosts, and of what these are held by. */
export function enginesOf(running: readonly Presence[]): OfEngines {
  return running.flatMap(({ service, name, engines, isolation }) =>
    engines ? [{ service, name, ...engines, ...(isolation ? { isolation } : {}) }] : [],
  )
}

/** The disks of the hosts, each folder once however many services tell of it; the newest word counts. */
export function disksOf(running: readonly Presence[]): OfDisks {
  const found = new Map<string, OfDisks[number]>()
  for (const { at: _, name, host = name, disks = [] } of running.toSorted((a, b) => a.at.localeCompare(b.at)))
    for (const disk of disks) found.set(`${host} ${disk.folder}`, { host, ...disk })
  return [...found.values()]
}

/** A service without an engine that it needs is degraded, and unhealthy where none of its processes has it. */
export function engineIssues(told: OfEngines): Issue[] {
  return told.flatMap(({ service, name, missing }) =>
    missing.map(({ engine, why }): Issue => {
      const others = told.filter((each) => each.service === service && hasEngine(each, engine))
      return others.length > 0
        ? { status: 'degraded', says: `${service} on ${name} lacks an engine: ${why}` }
        : {
            status: 'unhealthy',
            says: `${service} on ${name} lacks an engine: ${why}, and no other process of it has it`,
          }
    }),
  )
}

const hasEngine = ({ missing }: OfEngines[number], engine: string) =>
  missing.every((each) => each.engine !== engine)

export function diskIssues(told: OfDisks): Issue[] {
  return told.flatMap(({ host, folder, freeBytes }): Issue[] => {
    if (freeBytes >= diskBounds.lowBytes) return []
    const says = `Only ${(freeBytes / gigabyte).toFixed(1)} GB are free on the disk of ${folder} on ${host}`
    return [{ status: freeBytes < diskBounds.fullBytes ? 'unhealthy' : 'degraded', says }]
  })
}
