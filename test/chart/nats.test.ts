import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { oldestNatsServer, provideNatsServer, testedNatsServer } from '../../scripts/provision/nats-server.ts'
import { chart } from './render.ts'

const Values = z.looseObject({
  config: z.looseObject({
    cluster: z.looseObject({}),
    jetstream: z.looseObject({
      fileStore: z.object({ pvc: z.object({ size: z.string() }), maxSize: z.string() }),
      memoryStore: z.looseObject({}),
    }),
    merge: z.record(z.string(), z.string()),
  }),
  container: z.looseObject({ image: z.object({ tag: z.string() }), merge: z.looseObject({}) }),
  podTemplate: z.looseObject({
    merge: z.object({ spec: z.looseObject({ terminationGracePeriodSeconds: z.number() }) }),
  }),
})
const { config, container, podTemplate } = Values.parse(
  parse(await readFile(path.join(chart, 'nats-values.yaml'), 'utf8')),
)
const gibibytes = (size: string) => Number(size.replace(/Gi$/, ''))
const seconds = (time: string | undefined) => Number(time?.replace(/s$/, ''))

it('the values for three servers are of a version that works, with what the streams need', () => {
  expect(container.image.tag).toBe(`${testedNatsServer}-alpine`)
  expect(testedNatsServer.localeCompare(oldestNatsServer, 'en', { numeric: true })).toBe(1)
  expect(config.cluster).toEqual({ enabled: true, replicas: 3, noAdvertise: false })
  // Streams in memory are among those that the step makes.
  expect(config.jetstream.memoryStore).toMatchObject({ enabled: true })
  expect(container.merge).toMatchObject({
    startupProbe: { httpGet: { path: '/healthz?js-server-only=true' } },
  })
})

it('its store is full before its disk is, and it ends before it is killed', () => {
  const { pvc, maxSize } = config.jetstream.fileStore
  expect(gibibytes(maxSize)).toBeLessThanOrEqual(0.9 * gibibytes(pvc.size))
  const { lame_duck_grace_period: grace, lame_duck_duration: duration } = config.merge
  expect(podTemplate.merge.spec.terminationGracePeriodSeconds).toBeGreaterThan(
    seconds(grace) + seconds(duration),
  )
})

it('a server takes the configuration of that for evaluation', async () => {
  const file = path.join(chart, 'files/nats.conf')
  const server = await provideNatsServer(testedNatsServer)
  expect(() => execFileSync(server, ['-t', '-c', file], { stdio: 'pipe' })).not.toThrow()
})
