import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, describe, it } from 'vitest'
import { findKubeconform } from '../../scripts/provision/kubernetes-schemas.ts'
import {
  type Container,
  environmentOf,
  list,
  type Manifest,
  type Pods,
  podsOf,
  record,
  selects,
} from './manifest.ts'
import { lint, render, renderText, valueSets } from './render.ts'

/** What values name and others make: Secrets of the installer's own. */
const foreignSecrets = [
  'api-keys',
  'metrics-key',
  'model-key',
  'nats-credentials',
  'nats-token',
  'pdf-example-tls',
  'registry',
  's3-keys',
  'shared-keys',
  'test-key',
  'traces-headers',
]
const rendered = new Map<string, Manifest[]>()
for (const set of valueSets) rendered.set(set, await render(set))
const manifestsOf = (set: string) => rendered.get(set) ?? []

describe.each(valueSets)('the chart with the values %s', (set) => {
  const manifests = manifestsOf(set)
  const pods = podsOf(manifests)

  it.each(['newest', 'oldest'] as const)('passes the linter of the %s Helm', async (which) => {
    expect(await lint(set, which)).toContain('0 chart(s) failed')
  })

  it('is the same to the oldest Helm', async () => {
    // The evaluation's secret is made by chance.
    const told = ({ kind }: Manifest) => kind !== 'Secret'
    expect((await render(set, {}, 'oldest')).filter(told)).toEqual(manifests.filter(told))
  })

  it('has no field that the schemas do not know, and no duplicate', async () => {
    await conform(await renderText(set))
    for (const { container, spec, volumes } of pods) {
      expectNoDuplicates(container.env.map(({ name }) => name))
      expectNoDuplicates(container.ports.map(({ name }) => name))
      expectNoDuplicates(container.ports.map(({ containerPort }) => containerPort))
      expectNoDuplicates(container.volumeMounts.map(({ mountPath }) => mountPath))
      expectNoDuplicates(volumes)
      expectNoDuplicates(spec.tolerations.map((each) => JSON.stringify(each)))
    }
    expectNoDuplicates(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`))
  })

  it('selects what it makes, and nothing else', () => {
    for (const one of pods) {
      if (one.selector) expect(selected(pods, one.selector)).toEqual([one.component])
      for (const { labelSelector } of one.spec.topologySpreadConstraints)
        expect(selected(pods, labelSelector.matchLabels)).toEqual([one.component])
    }
    for (const { kind, metadata, spec } of manifests) {
      if (kind === 'Service')
        expect(selected(pods, record(spec?.['selector'])), metadata.name).toHaveLength(1)
      if (kind === 'PodDisruptionBudget')
        expect(selected(pods, record(record(spec?.['selector'])['matchLabels'])), metadata.name).toHaveLength(
          1,
        )
    }
  })

  it('names ports that are there', () => {
    for (const { container } of pods) for (const port of probed(container)) expectPort(container, port)
    for (const { kind, spec } of manifests) {
      if (kind !== 'Service') continue
      const [target] = pods.filter(({ labels }) => selects(record(spec?.['selector']), labels))
      for (const { targetPort } of list(spec?.['ports'])) expectPort(target?.container, String(targetPort))
    }
  })

  it('refers to what it makes itself, or what values name', () => {
    const made = (kind: string) =>
      manifests.filter((each) => each.kind === kind).map(({ metadata }) => metadata.name)
    const secrets = [...made('Secret'), ...foreignSecrets]
    for (const { container, spec, volumes } of pods) {
      for (const { configMapRef } of container.envFrom) expect(made('ConfigMap')).toContain(configMapRef.name)
      for (const { valueFrom } of container.env)
        if (valueFrom?.secretKeyRef) expect(secrets).toContain(valueFrom.secretKeyRef.name)
      for (const { configMap, secret } of spec.volumes) {
        if (configMap) expect(made('ConfigMap')).toContain(configMap.name)
        if (secret) expect(secrets).toContain(secret.secretName)
      }
      for (const { name } of container.volumeMounts) expect(volumes).toContain(name)
      if (spec.priorityClassName && set !== 'token')
        expect(made('PriorityClass')).toContain(spec.priorityClassName)
    }
  })

  it('makes pods as the level `restricted` asks for, without a token, each with its bounds', () => {
    for (const { container, spec } of pods) {
      expect(spec).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      })
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      })
      for (const of of ['requests', 'limits'] as const)
        expect(Object.keys(container.resources[of])).toEqual(
          expect.arrayContaining(['memory', 'ephemeral-storage']),
        )
    }
  })

  it('reads secret files from where they are mounted', () => {
    for (const { container, spec } of pods) {
      const files = spec.volumes.flatMap(({ name, secret }) => {
        const mount = container.volumeMounts.find((each) => each.name === name)
        return (secret?.items ?? []).map(({ path }) => `${mount?.mountPath}/${path}`)
      })
      const named = Object.values(environmentOf(container, manifests)).filter((value) =>
        value.startsWith('/secrets/'),
      )
      expect(named.toSorted()).toEqual(files.toSorted())
    }
  })
})

it('tells an event store and a step of its own to each other only', () => {
  const step = (set: string) =>
    podsOf(manifestsOf(set)).find(({ component }) => component === 'streams')?.owner
  expect(step('minimal')?.metadata).toMatchObject({
    name: 'docs-pdf-smaller-streams',
    annotations: {
      'helm.sh/hook': 'pre-install,pre-upgrade',
      'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
    },
  })
  // Its server is not there before the release is; each revision has a step of its own.
  expect(step('evaluation')?.metadata).toMatchObject({ name: 'docs-pdf-smaller-streams-1', annotations: {} })
})

it('says of pods that they are others when their settings are', async () => {
  const before = podsOf(manifestsOf('minimal'))
  const after = podsOf(await render('minimal', { workers: { ocr: { settings: { LOG_LEVEL: 'debug' } } } }))
  const changed = after.filter(
    ({ component, annotations }) =>
      before.find((each) => each.component === component)?.annotations['checksum/settings'] !==
      annotations['checksum/settings'],
  )
  expect(changed.map(({ component }) => component)).toEqual(['ocr'])
})

it('leaves the number of pods to whoever scales them', async () => {
  const counts = Object.fromEntries(
    podsOf(manifestsOf('everything')).map(({ component, replicas }) => [component, replicas]),
  )
  expect(counts).toMatchObject({ gateway: undefined, ocr: undefined, janitor: undefined, webhooks: 2 })
})

async function conform(text: string): Promise<void> {
  const tools = findKubeconform()
  if (!tools) throw new Error('there is no kubeconform: run node scripts/setup.mjs --test')
  const location = `${tools.schemas}/{{ .ResourceKind }}{{ .KindSuffix }}.json`
  const running = promisify(execFile)(tools.program, ['-strict', '-schema-location', location, '-'])
  running.child.stdin?.end(text)
  // It fails with what it found.
  await running.catch((error: unknown) => {
    throw new Error(error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error))
  })
}

function expectNoDuplicates(given: readonly unknown[]): void {
  expect([...new Set(given)]).toEqual(given)
}

function probed(container: Container): string[] {
  return [container.startupProbe, container.livenessProbe, container.readinessProbe].flatMap((probe) => {
    const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port
    return port === undefined ? [] : [port]
  })
}

function expectPort(container: Container | undefined, name: string): void {
  expect(container?.ports.map((port) => port.name)).toContain(name)
}

/** Components whose pods a selector finds. */
function selected(pods: readonly Pods[], selector: Readonly<Record<string, string>>): string[] {
  return pods.filter(({ labels }) => selects(selector, labels)).map(({ component }) => component)
}
