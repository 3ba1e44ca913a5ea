import { expect, it } from 'vitest'
import { environmentOf, list, type Manifest, podsOf } from './manifest.ts'
import { render } from './render.ts'

const sets: Manifest[][] = [await render('minimal'), await render('everything')]
const services = sets.flatMap((manifests) =>
  podsOf(manifests)
    .filter(({ component }) => !['streams', 'test'].includes(component))
    .map((pods) => ({ ...pods, environment: environmentOf(pods.container, manifests) })),
)

it('are asked at /livez whether they live, and at /readyz whether they are of use', () => {
  for (const { container, component, environment } of services) {
    const { startupProbe, livenessProbe, readinessProbe } = container
    expect([startupProbe, livenessProbe].map((probe) => probe?.httpGet?.path)).toEqual(['/livez', '/livez'])
    expect(readinessProbe?.httpGet?.path).toBe('/readyz')
    const port = component === 'gateway' ? 'PORT' : 'OPS_PORT'
    expect(container.ports.map(({ containerPort }) => String(containerPort))).toEqual([
      environment[`PDF_SMALLER_${port}`],
    ])
  }
})

it('have time to end what they do', () => {
  for (const { container, component, environment, spec } of services) {
    const before = container.lifecycle?.preStop.sleep.seconds ?? 0
    const drain = Number(environment['PDF_SMALLER_DRAIN_SECONDS'])
    expect(drain, component).toBeGreaterThan(0)
    expect(spec.terminationGracePeriodSeconds, component).toBeGreaterThanOrEqual(before + drain + 15)
    // Only a gateway is sent requests.
    expect(before).toBe(component === 'gateway' ? 10 : 0)
  }
})

it('have as long to begin as is said, a gateway above all', async () => {
  const [gateway] = podsOf(await render('minimal', { gateway: { startupSeconds: 3601 } })).filter(
    ({ component }) => component === 'gateway',
  )
  const { periodSeconds = 0, failureThreshold = 0 } = gateway?.container.startupProbe ?? {}
  expect(periodSeconds * failureThreshold).toBe(3605)
})

it('are of the priority that their work has', () => {
  const [manifests = []] = sets
  const order = ['low', 'medium', 'high'].map((name) => `documents.docs-pdf-smaller.${name}`)
  const values = order.map((name) =>
    Number(
      manifests.find(({ kind, metadata }) => kind === 'PriorityClass' && metadata.name === name)?.['value'],
    ),
  )
  expect(values).toEqual(values.toSorted((one, other) => one - other))
  const found = podsOf(manifests).map(({ component, spec }) => [
    component,
    spec.priorityClassName?.replace('documents.docs-pdf-smaller.', ''),
  ])
  expect(Object.fromEntries(found)).toMatchObject({
    gateway: 'high',
    compression: 'high',
    conversion: 'medium',
    ocr: 'medium',
    'ai-extraction': 'low',
    janitor: 'low',
  })
})

it('run as many engines at once as processors are asked for, unless a setting says otherwise', async () => {
  const coresOf = async (settings: Record<string, number>) => {
    const manifests = await render('minimal', { workers: { ocr: { settings } } })
    const [ocr] = podsOf(manifests).filter(({ component }) => component === 'ocr')
    return ocr && environmentOf(ocr.container, manifests)['PDF_SMALLER_CORES']
  }
  expect(await coresOf({})).toContain('requests.cpu')
  expect(await coresOf({ CORES: 3 })).toBe('3')
})

it('of workers may be ended one at a time; the last gateway may not', () => {
  for (const manifests of sets)
    for (const { kind, metadata, spec } of manifests) {
      if (kind !== 'PodDisruptionBudget') continue
      const bound = metadata.name.endsWith('gateway') ? { minAvailable: 1 } : { maxUnavailable: 1 }
      expect(spec).toMatchObject({ ...bound, unhealthyPodEvictionPolicy: 'AlwaysAllow' })
    }
})

it('keep their projections, where that is asked for, until nobody needs them', () => {
  const [, manifests = []] = sets
  const kept = manifests.find(({ kind }) => kind === 'StatefulSet')
  expect(kept?.spec?.['persistentVolumeClaimRetentionPolicy']).toEqual({
    whenDeleted: 'Delete',
    whenScaled: 'Delete',
  })
  expect(list(kept?.spec?.['volumeClaimTemplates'])[0]?.['spec']).toMatchObject({ storageClassName: 'fast' })
})
