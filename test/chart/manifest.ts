import { parseAllDocuments } from 'yaml'
import { z } from 'zod'

const Labels = z.record(z.string(), z.string())
const Named = z.looseObject({ name: z.string() })

/** What a chart makes: anything of Kubernetes. */
const Manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    labels: Labels.default({}),
    annotations: Labels.default({}),
  }),
  spec: z.looseObject({}).optional(),
  data: Labels.optional(),
})
export type Manifest = z.infer<typeof Manifest>

const Reference = z.looseObject({ name: z.string(), key: z.string() })
const Variable = z.looseObject({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z.looseObject({ secretKeyRef: Reference.optional() }).optional(),
})

const Probe = z.looseObject({
  httpGet: z.looseObject({ path: z.string(), port: z.string() }).optional(),
  tcpSocket: z.looseObject({ port: z.string() }).optional(),
  periodSeconds: z.number(),
  failureThreshold: z.number().optional(),
})
export type Probe = z.infer<typeof Probe>

const Container = z.looseObject({
  name: z.string(),
  image: z.string(),
  ports: z.array(z.looseObject({ name: z.string(), containerPort: z.number() })).default([]),
  env: z.array(Variable).default([]),
  envFrom: z.array(z.looseObject({ configMapRef: Named })).default([]),
  volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })).default([]),
  startupProbe: Probe.optional(),
  livenessProbe: Probe.optional(),
  readinessProbe: Probe.optional(),
  lifecycle: z
    .looseObject({ preStop: z.looseObject({ sleep: z.looseObject({ seconds: z.number() }) }) })
    .optional(),
  securityContext: z.looseObject({}),
  resources: z.looseObject({ requests: z.looseObject({}), limits: z.looseObject({ memory: z.string() }) }),
})
export type Container = z.infer<typeof Container>

const Volume = z.looseObject({
  name: z.string(),
  configMap: Named.optional(),
  secret: z
    .looseObject({
      secretName: z.string(),
      items: z.array(z.looseObject({ key: z.string(), path: z.string() })),
    })
    .optional(),
})

const PodSpec = z.looseObject({
  containers: z.tuple([Container]),
  volumes: z.array(Volume).default([]),
  automountServiceAccountToken: z.boolean(),
  terminationGracePeriodSeconds: z.number().optional(),
  priorityClassName: z.string().optional(),
  tolerations: z.array(z.looseObject({})).default([]),
  topologySpreadConstraints: z
    .array(z.looseObject({ labelSelector: z.looseObject({ matchLabels: Labels }) }))
    .default([]),
})

const Template = z.looseObject({
  metadata: z.looseObject({ labels: Labels, annotations: Labels.default({}) }),
  spec: PodSpec,
})
const Workload = z.looseObject({
  replicas: z.number().optional(),
  selector: z.looseObject({ matchLabels: Labels }).optional(),
  template: Template,
  volumeClaimTemplates: z.array(z.looseObject({ metadata: Named })).default([]),
})

/** Pods as something makes them: one container each. */
export type Pods = {
  owner: Manifest
  /** The last label of the owner's: `gateway`, `ocr`, … */
  component: string
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  /** What the owner knows its pods by. */
  selector: Readonly<Record<string, string>> | undefined
  replicas: number | undefined
  spec: z.infer<typeof PodSpec>
  container: Container
  /** Names of volumes, those of claims included. */
  volumes: string[]
}

const ofPods = new Set(['Deployment', 'StatefulSet', 'Job'])

/**
 * @param text YAML documents
 * @throws Error for YAML that says a key twice
 */
export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text).flatMap((document) => {
    const [error] = document.errors
    if (error) throw error
    const read: unknown = document.toJS()
    return read === null ? [] : [Manifest.parse(read)]
  })
}

/** All pods that manifests lead to. */
export function podsOf(manifests: readonly Manifest[]): Pods[] {
  return manifests.flatMap((owner) => {
    const component = owner.metadata.labels['app.kubernetes.io/component'] ?? ''
    if (owner.kind === 'Pod') {
      const { metadata } = owner
      const workload = { template: { metadata, spec: owner.spec } }
      return [toPods(owner, component, Workload.parse(workload))]
    }
    return ofPods.has(owner.kind) ? [toPods(owner, component, Workload.parse(owner.spec))] : []
  })
}

function toPods(owner: Manifest, component: string, workload: z.infer<typeof Workload>): Pods {
  const { template, selector, replicas, volumeClaimTemplates } = workload
  const { metadata, spec } = template
  return {
    owner,
    component,
    labels: metadata.labels,
    annotations: metadata.annotations,
    selector: selector?.matchLabels,
    replicas,
    spec,
    container: spec.containers[0],
    volumes: [...spec.volumes, ...volumeClaimTemplates.map(({ metadata: { name } }) => ({ name }))].map(
      ({ name }) => name,
    ),
  }
}

/** Whether labels are what a selector asks for. */
export function selects(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector).every(([name, value]) => labels[name] === value)
}

/** What a container finds in its environment; of what is no plain value, where it comes from. */
export function environmentOf(
  { env, envFrom }: Container,
  manifests: readonly Manifest[],
): Record<string, string> {
  const maps = envFrom.map(({ configMapRef }) =>
    manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMapRef.name),
  )
  const own = env.map(({ name, value, valueFrom }) => [name, value ?? JSON.stringify(valueFrom)])
  return Object.assign({}, ...maps.map((map) => map?.data), Object.fromEntries(own))
}

/** A mapping below a field that has no schema here. */
export const record = (value: unknown) => z.record(z.string(), z.any()).parse(value)
/** A list of mappings below such a field. */
export const list = (value: unknown) => z.array(z.record(z.string(), z.any())).parse(value ?? [])
