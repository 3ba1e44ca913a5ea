import { setTimeout as wait } from 'node:timers/promises'
import { httpRequest, load, quantile } from './load/http-load.ts'
import { startBenchSystem } from './system.ts'
import type { Figure } from './table.ts'

const idleMs = 4000

/** From the launch of the whole system to its first job done, and what it takes when it has nothing to do. */
export async function measureLaunch(): Promise<Figure[]> {
  const launches: number[] = []
  const memories: number[] = []
  for (let round = 0; round < 5; round++) {
    const startedAt = performance.now()
    const system = await startBenchSystem()
    const request = httpRequest(
      'POST',
      '/api/jobs/noop',
      { 'content-type': 'application/json', prefer: 'wait=10' },
      '{}',
    )
    await load({ port: system.port, connections: 1, requests: 1, request: () => request })
    launches.push(performance.now() - startedAt)
    if (round === 4) {
      await wait(idleMs)
      memories.push(await system.memory())
    }
    await system.stop()
  }
  return [
    {
      name: 'launch to first job done',
      value: quantile(launches, 0.5) / 1000,
      unit: 's',
      goal: { at: 'most', value: 0.5 },
    },
    {
      name: 'idle memory of everything (PSS)',
      value: (memories[0] ?? NaN) / 1e6,
      unit: 'MB',
      goal: { at: 'most', value: 130 },
    },
  ]
}
