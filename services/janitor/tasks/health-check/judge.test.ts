import { HealthReport } from '@pdf-smaller/contracts'
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
    engines: { versions: { qpdf: '11.3.0' }, missing: [] },
    disk: { folders: [{ folder: '/data', freeBytes: 1e11, bytes: 1e12 }] },
    services: { instances: [worker(10)] },
    ...over,
  }
}
const disk = (freeBytes: number) => ({ disk: { folders: [{ folder: '/data', freeBytes, bytes: 1e12 }] } })
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
      'is degraded without an engine',
      { engines: { versions: {}, missing: ['no qpdf'] } },
      'degraded',
      'no qpdf',
    ],
    ['is degraded with little room', disk(4.2e9), 'degraded', '4.2 GB are free on the disk of /data'],
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
