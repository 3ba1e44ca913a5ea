import { jetstream } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { streams } from '@pdf-smaller/contracts'
import { ensureStreams } from '@pdf-smaller/platform'
import { type NatsServer, startNatsServer } from '@pdf-smaller/testing/nats/server'
import { until } from '@pdf-smaller/testing/system'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { z } from 'zod'
import { apply, get, makeNamespace } from './cluster.ts'
import { lagOf, serveExternalMetrics, Trigger } from './external-metrics.ts'
import { install, uninstall } from './release.ts'

const namespace = 'scaling'
const ScaledObject = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    scaleTargetRef: z.object({ name: z.string() }),
    minReplicaCount: z.number(),
    maxReplicaCount: z.number(),
    advanced: z.object({ horizontalPodAutoscalerConfig: z.object({ behavior: z.looseObject({}) }) }),
    triggers: z.tuple([Trigger]),
  }),
})
type ScaledObject = z.infer<typeof ScaledObject>

let server: NatsServer
let connection: NatsConnection
let endMetrics: () => Promise<void>
let scaled: ScaledObject[]

beforeAll(async () => {
  server = await startNatsServer({ monitor: true })
  connection = await server.connect()
  await ensureStreams(connection, { RETRY_PACE: 1 })
  await makeNamespace(namespace)
  await install(
    namespace,
    'minimal',
    '--set',
    `keda.enabled=true,nats.monitoring.endpoint=${server.monitor}`,
    // Not to wait for minutes whether the queue grows again.
    '--set',
    'workerDefaults.keda.scaleDownStabilizationSeconds=0',
  )
  scaled = await get(namespace, 'scaledobjects', ScaledObject)
  const triggers = scaled.map(({ spec }): [string, Trigger] => [metricOf(spec.triggers[0]), spec.triggers[0]])
  endMetrics = await serveExternalMetrics(inject('tls'), new Map(triggers))
  await apply(...scaled.map(asKedaDoes))
})
afterAll(async () => {
  await uninstall(namespace)
  await endMetrics()
  await server.stop()
})

const metricOf = ({ metadata }: Trigger) => `s0-nats-jetstream-${metadata.consumer}`

/** What KEDA's operator, which does not run here, makes of a ScaledObject for the controller of the control plane. */
function asKedaDoes({ metadata: { name }, spec }: ScaledObject): object {
  const [trigger] = spec.triggers
  const metric = { name: metricOf(trigger), selector: { matchLabels: { 'scaledobject.keda.sh/name': name } } }
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: `keda-hpa-${name}`, namespace },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: spec.scaleTargetRef.name },
      minReplicas: spec.minReplicaCount,
      maxReplicas: spec.maxReplicaCount,
      behavior: spec.advanced.horizontalPodAutoscalerConfig.behavior,
      metrics: [
        {
          type: 'External',
          external: {
            metric,
            target: { type: 'AverageValue', averageValue: trigger.metadata.lagThreshold },
          },
        },
      ],
    },
  }
}

const Deployment = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ replicas: z.number() }),
  status: z.object({ readyReplicas: z.number().default(0) }),
})

/** Waits until as many pods of a worker run as are named. */
async function untilRunning(worker: string, pods: number): Promise<void> {
  await until(
    `${pods} pods of ${worker} run`,
    async () => {
      const all = await get(namespace, 'deployments', Deployment)
      const found = all.find(({ metadata }) => metadata.name.endsWith(`-${worker}`))
      return found?.spec.replicas === pods && found.status.readyReplicas === pods
    },
    120_000,
  )
}

it('each worker with a queue is scaled', () => {
  expect(scaled.map(({ spec }) => spec.triggers[0].metadata.consumer).toSorted()).toEqual([
    'ai-extraction',
    'compression',
    'conversion',
    'janitor',
    'ocr',
  ])
})

it('workers follow the real queue of a real event store, and what is worked on counts', async () => {
  const [ocr] = scaled.filter(({ spec }) => spec.triggers[0].metadata.consumer === 'ocr')
  const lag = () => (ocr ? lagOf(ocr.spec.triggers[0]) : undefined)
  await untilRunning('ocr', 1)

  const events = jetstream(connection)
  for (let number = 0; number < 8; number++)
    await events.publish(`pdf.default.ocr.ocr.job-${number}.requested`, '{}')
  expect(await lag()).toBe(8)
  // Two jobs for each pod.
  await untilRunning('ocr', 4)

  const queue = await events.consumers.get(streams.jobs, 'ocr')
  const taken = []
  for await (const message of await queue.fetch({ max_messages: 8 })) taken.push(message)
  for (const message of taken.slice(0, 5)) await message.ackAck()
  expect(await lag()).toBe(3)
  await untilRunning('ocr', 2)

  for (const message of taken.slice(5)) await message.ackAck()
  await untilRunning('ocr', 1)
  const others = await get(namespace, 'deployments', Deployment)
  expect(others.find(({ metadata }) => metadata.name.endsWith('-compression'))?.spec.replicas).toBe(1)
})
