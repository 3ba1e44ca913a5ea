import { describe, expect, it } from 'vitest'
import { list, type Manifest, podsOf, record, selects } from './manifest.ts'
import { render, type Values } from './render.ts'

/** Who may be talked to, from where: `ocr → s3`, by all policies of a release together. */
async function arrows(set: string, values: Values = {}): Promise<Record<string, string[]>> {
  const manifests = await render(set, values)
  const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy')
  const found = podsOf(manifests).map(({ component, labels }): [string, string[]] => {
    const own = policies.filter(({ spec }) => selects(selectorOf(spec), labels))
    const out = own.flatMap(({ spec }) => list(spec?.['egress']).map((rule) => rule))
    return [component, [...new Set(out.map(target))].toSorted()]
  })
  return Object.fromEntries(found)
}

const selectorOf = (spec: Manifest['spec']) => record(record(spec?.['podSelector'])['matchLabels'])

function target(rule: Record<string, unknown>): string {
  const ports = list(rule['ports']).map(({ port }) => port)
  const peers = list(rule['to']).map((peer) => {
    const { podSelector, namespaceSelector, ipBlock } = peer
    if (ipBlock) return record(ipBlock)['cidr']
    const labels = record(record(podSelector ?? namespaceSelector)['matchLabels'])
    return labels['app.kubernetes.io/component'] ?? labels['kubernetes.io/metadata.name']
  })
  return `${peers.join('+') || 'anyone'}:${[...new Set(ports)].join('+')}`
}

const names = 'kube-system:53'

it('lets each service reach what it needs, and nothing else', async () => {
  const [nats, s3, model, traces] = ['nats:4222', 'storage:9000', 'models:8000', 'monitoring:4318']
  expect(await arrows('everything')).toEqual({
    gateway: [names, nats, s3, traces].toSorted(),
    compression: [names, nats, s3, traces].toSorted(),
    conversion: [names, nats, s3, traces].toSorted(),
    ocr: [names, nats, s3, traces].toSorted(),
    'ai-extraction': [names, model, nats, s3, traces].toSorted(),
    janitor: [names, model, nats, s3, traces].toSorted(),
    webhooks: ['0.0.0.0/0+::/0:443+80+8443', '10.1.0.0/16:', names, nats, traces].toSorted(),
    streams: [names, nats].toSorted(),
    test: ['gateway:http', names].toSorted(),
  })
})

it('keeps servers for evaluation to those that use them', async () => {
  const found = await arrows('evaluation')
  expect(found).toMatchObject({ nats: [names], s3: [names], ocr: [names, 'nats:4222', 's3:8333'].toSorted() })
  expect(found['webhooks']).not.toContain('s3:8333')
})

it('lets the step out before the policies of its release are there', async () => {
  const manifests = await render('minimal')
  const step = podsOf(manifests).find(({ component }) => component === 'streams')
  const first = manifests.filter(
    ({ kind, metadata, spec }) =>
      kind === 'NetworkPolicy' &&
      metadata.annotations['helm.sh/hook'] === step?.owner.metadata.annotations['helm.sh/hook'] &&
      selects(selectorOf(spec), step?.labels ?? {}),
  )
  expect(first.flatMap(({ spec }) => list(spec?.['egress']).map((rule) => target(rule))).toSorted()).toEqual(
    ['anyone:4222', names].toSorted(),
  )
  const weight = (manifest?: Manifest) => Number(manifest?.metadata.annotations['helm.sh/hook-weight'])
  expect(weight(first[0])).toBeLessThan(weight(step?.owner))
})

it('takes ports of pods that differ from those of their Service', async () => {
  const networkPolicy = { natsPorts: [14_222], s3Ports: [9000], llmPorts: [8000], tracesPorts: [14_318] }
  const found = await arrows('everything', { networkPolicy })
  expect(found['janitor']).toEqual(
    [names, 'nats:14222', 'storage:9000', 'models:8000', 'monitoring:14318'].toSorted(),
  )
})

it('takes ports from addresses', async () => {
  const found = await arrows('minimal', {
    nats: { url: 'nats://a,tls://b:4333' },
    s3: { endpoint: 'https://s3.example/path' },
    llm: { url: 'https://model.example/v1' },
  })
  expect(found['ocr']).toEqual(['anyone:4222+4333', 'anyone:443', names].toSorted())
  expect(found['janitor']).toEqual(['anyone:4222+4333', 'anyone:443', names].toSorted())
})

describe('what comes in', () => {
  it('is for each pod what some policy lets in, else nothing', async () => {
    const manifests = await render('everything')
    const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy')
    const [all, ...others] = policies
    expect(all?.spec).toMatchObject({ policyTypes: ['Ingress', 'Egress'] })
    expect(all?.spec?.['ingress']).toBeUndefined()
    for (const { component, labels } of podsOf(manifests)) {
      expect(selects(selectorOf(all?.spec), labels), component).toBe(true)
      const rules = others
        .filter(({ spec }) => selects(selectorOf(spec), labels))
        .flatMap(({ spec }) => list(spec?.['ingress']))
      const ports = rules.flatMap((rule) => list(rule['ports']).map(({ port }) => port))
      expect(ports, component).toEqual(
        component === 'gateway' ? ['http'] : ['streams', 'test'].includes(component) ? [] : ['ops'],
      )
      for (const rule of rules) expect(rule['from'], component).not.toHaveLength(0)
    }
  })
})
