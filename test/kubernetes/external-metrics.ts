import { once } from 'node:events'
import { createServer } from 'node:https'
import { z } from 'zod'
import { apply } from './cluster.ts'

const group = 'external.metrics.k8s.io'
const version = 'v1beta1'
const base = `/apis/${group}/${version}`

/** What KEDA is told of a queue in a ScaledObject's trigger. */
export const Trigger = z.object({
  type: z.literal('nats-jetstream'),
  metadata: z.object({
    natsServerMonitoringEndpoint: z.string(),
    useHttps: z.literal('false'),
    account: z.string(),
    stream: z.string(),
    consumer: z.string(),
    lagThreshold: z.string(),
  }),
})
export type Trigger = z.infer<typeof Trigger>

const Counts = z.object({ name: z.string(), num_pending: z.number(), num_ack_pending: z.number() })
const Jsz = z.object({
  account_details: z.array(
    z.object({
      name: z.string(),
      stream_detail: z.array(z.object({ name: z.string(), consumer_detail: z.array(Counts).default([]) })),
    }),
  ),
})

/** What waits and what is being worked on, as KEDA counts it from what the server tells of itself. */
export async function lagOf({ metadata }: Trigger): Promise<number> {
  const { natsServerMonitoringEndpoint, account, stream, consumer } = metadata
  const address = new URL(`http://${natsServerMonitoringEndpoint}/jsz?consumers=true&config=true`)
  address.searchParams.set('acc', account)
  const { account_details: accounts } = Jsz.parse(await (await fetch(address)).json())
  const found = accounts
    .flatMap(({ stream_detail }) => stream_detail)
    .filter(({ name }) => name === stream)
    .flatMap(({ consumer_detail }) => consumer_detail)
    .find(({ name }) => name === consumer)
  if (!found) throw new Error(`the server knows no consumer ${consumer} of ${stream}`)
  return found.num_pending + found.num_ack_pending
}

/**
 * Serves external metrics to the control plane, as KEDA's server of metrics does: each is the lag of one trigger now.
 * @param triggers by the names of their metrics
 * @returns how to end it
 */
export async function serveExternalMetrics(
  tls: { cert: string; key: string },
  triggers: ReadonlyMap<string, Trigger>,
): Promise<() => Promise<void>> {
  const server = createServer(tls, (request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    answerTo(new URL(request.url ?? '', 'https://localhost').pathname, triggers).then(
      (body) => answer(body ? 200 : 404, body ?? { kind: 'Status', apiVersion: 'v1', code: 404 }),
      (error: unknown) =>
        answer(500, { kind: 'Status', apiVersion: 'v1', code: 500, message: String(error) }),
    )
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  await register(address.port)
  return async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
}

async function answerTo(path: string, triggers: ReadonlyMap<string, Trigger>): Promise<object | undefined> {
  if (path === base) {
    const every = { name: '*', singularName: '', namespaced: true, kind: 'ExternalMetricValueList' }
    const resources = [{ ...every, verbs: ['get'] }]
    return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: `${group}/${version}`, resources }
  }
  const name = path.split('/').at(-1) ?? ''
  const trigger = triggers.get(name)
  if (!trigger) return undefined
  const value = String(await lagOf(trigger))
  const item = { metricName: name, metricLabels: {}, timestamp: new Date().toISOString(), value }
  return { kind: 'ExternalMetricValueList', apiVersion: `${group}/${version}`, metadata: {}, items: [item] }
}

/** Tells the API where the metrics are: at a port of this machine. */
async function register(port: number): Promise<void> {
  const metadata = { name: 'external-metrics', namespace: 'default' }
  await apply(
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port }] },
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: `${version}.${group}` },
      spec: {
        group,
        version,
        service: { ...metadata, port },
        insecureSkipTLSVerify: true,
        groupPriorityMinimum: 100,
        versionPriority: 100,
      },
    },
  )
}
