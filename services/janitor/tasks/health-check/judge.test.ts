import { HealthReport, type Presence } from '@pdf-smaller/contracts'
import { describe, expect, it } from 'vitest'
import type { Findings } from './findings.ts'
import { judge } from './judge.ts'

const at = new Date('2026-03-01T12:00:00.000Z')
const ago = (seconds: number) => new Date(at.getTime() - seconds * 1000).toISOString()
const worker = (seconds: number, ended = false) => ({
  service: 'compression',
  name: 'host-1',
  at: ago(seconds),
  ended,
})
const waiting = { name: 'compression', waiting: 3, out: 1, redelivered: 0 }

function found(over: Partial<Findings> = {}): Findings {
  return {
    events: { version: '2.15.2', ms: 3, streams: [], consumers: [] },
    objects: { ms: 5 },
    llm: undefined,
    services: { instances: [worker(10)] },
    ...over,
  }
}
const disk = (freeBytes: number, seconds = 10) => {
  const disks = [{ folder: '/data', freeBytes, bytes: 1e12 }]
  return { services: { instances: [{ ...worker(seconds), host: 'left', disks }, worker(10)] } }
}
const complete = { versions: { qpdf: '11.3.0' }, missing: [] }
const without = { versions: {}, missing: [{ engine: 'qpdf', why: 'qpdf (apt-get install qpdf)' }] }
const engines = (...each: Presence['engines'][]): Partial<Findings> => ({
  services: { instances: each.map((told, n) => ({ ...worker(10), name: `host-${n}`, engines: told })) },
})
/** An integrator whose oldest open event was stored so many days ago, of the 400 that events are kept. */
const behind = (days: number | undefined, keptSeconds: number | undefined = 400 * 86_400) => {
  const oldestAt = days === undefined ? {} : { oldestAt: ago(days * 86_400) }
  const integrators = [{ tenant: 'acme', name: 'billing', waiting: 7, out: 1, ...oldestAt }]
  return events({ integrators, ...(keptSeconds ? { keptSeconds } : {}) })
}
const events = (over: Partial<Findings['events']>) => ({ events: { ...found().events, ...over } })

describe('the system', () => {
  it.each<[string, Partial<Findings>, string, string?]>([
    ['is healthy when every part is', {}, 'healthy'],
    [
      'is unhealthy without its event store',
      events({ problem: 'timeout' }),
      'unhealthy',
      'does not answer: timeout',
    ],
    ['is degraded with a slow event store', events({ ms: 1500 }), 'degraded', '1500 ms'],
    [
      'is unhealthy without its files',
      { objects: { ms: 1, problem: 'denied' } },
      'unhealthy',
      'does not work: denied',
    ],
    ['is degraded with a slow object store', { objects: { ms: 3001 } }, 'degraded', '3001 ms'],
    [
      'is degraded when one process of a service has no engine',
      engines(complete, without),
      'degraded',
      'compression on host-1 lacks an engine: qpdf (apt-get install qpdf)',
    ],
    [
      'is unhealthy when none has it',
      engines(without, without),
      'unhealthy',
      'no other process of it has it',
    ],
    ['does not judge engines that nobody told of', engines(undefined, complete), 'healthy'],
    ['is healthy with language models', { llm: { url: 'https://llm/v1', ms: 5 } }, 'healthy'],
    [
      'is degraded without the language models that it is to have',
      { llm: { url: 'https://llm/v1', ms: 5, problem: 'it answers with 500' } },
      'degraded',
      'The language models at https://llm/v1 are of no use: it answers with 500',
    ],
    ['is degraded with little room', disk(4.2e9), 'degraded', '4.2 GB are free on the disk of /data on left'],
    ['is unhealthy without room', disk(9e8), 'unhealthy', '0.9 GB'],
    [
      'is degraded when a worker is silent',
      { services: { instances: [worker(61)] } },
      'degraded',
      'host-1 was last',
    ],
    [
      'does not miss a worker that ended in order',
      { services: { instances: [worker(61, true)] } },
      'healthy',
    ],
    ['is healthy while an integrator is not far behind', behind(299), 'healthy'],
    [
      'is degraded when one is about to lose events',
      behind(301),
      'degraded',
      'The integrator billing of the tenant acme has not acknowledged 8 of its events',
    ],
    ['is healthy when an integrator has read all', behind(undefined), 'healthy'],
    ['is healthy where events are kept for good', behind(3000, 0), 'healthy'],
    ['is healthy while jobs wait for a worker that runs', events({ consumers: [waiting] }), 'healthy'],
    [
      'is unhealthy when jobs wait and nobody runs them',
      { ...events({ consumers: [waiting] }), services: { instances: [worker(61, true)] } },
      'unhealthy',
      '4 jobs wait for compression',
    ],
  ])('%s', (_, over, status, says) => {
    const report = HealthReport.parse(judge(found(over), at, 12))
    expect(report.status).toBe(status)
    if (says === undefined) expect(report.issues).toEqual([])
    else expect(report.issues.join()).toContain(says)
  })
})

it('lists the engines of each process, what holds them, and each disk once, of those that run', () => {
  const isolation = { sandbox: 'none' as const, why: 'bubblewrap is not installed' }
  const told = (name: string, over: object) => ({ ...worker(10), name, host: 'left', ...over })
  const disks = (freeBytes: number) => [{ folder: '/data', freeBytes, bytes: 1e12 }]
  const instances = [
    told('a', { engines: complete, isolation, disks: disks(7e9) }),
    told('b', { at: ago(5), disks: disks(8e9) }),
    told('c', { at: ago(70), disks: disks(1) }),
    told('d', { host: 'right', disks: disks(9e9) }),
  ]
  const { components } = judge(found({ services: { instances } }), at, 12)
  expect(components.engines.services).toEqual([{ service: 'compression', name: 'a', ...complete, isolation }])
  expect(components.disk.folders).toEqual([
    { host: 'left', folder: '/data', freeBytes: 8e9, bytes: 1e12 },
    { host: 'right', folder: '/data', freeBytes: 9e9, bytes: 1e12 },
  ])
})
