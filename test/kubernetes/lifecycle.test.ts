import { readdir } from 'node:fs/promises'
import { until } from '@pdf-smaller/testing/system'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Which } from '../../scripts/provision/helm.ts'
import { apply, get, helm, kubectl, makeNamespace } from './cluster.ts'
import { isReady, podsIn, uninstall, waiting, withSet } from './release.ts'

const sets = (await readdir(new URL('../../deploy/k8s/ci/', import.meta.url))).map((file) =>
  file.replace('-values.yaml', ''),
)

/** All kinds that the chart makes in a namespace. */
const kinds =
  'deployments,statefulsets,jobs,pods,services,configmaps,secrets,poddisruptionbudgets,networkpolicies,ingresses,' +
  'horizontalpodautoscalers,scaledobjects,servicemonitors,prometheusrules,httproutes'

const Named = z.object({ kind: z.string(), metadata: z.object({ name: z.string() }) })
const Event = z.object({
  reason: z.string(),
  involvedObject: Named.shape.metadata.extend({ kind: z.string() }),
})

/** How often the step that makes the streams has come to its end. */
async function stepsDone(namespace: string): Promise<number> {
  const events = await get(namespace, 'events', Event)
  return events.filter(
    ({ reason, involvedObject: { kind, name } }) =>
      reason === 'Completed' && kind === 'Job' && name.includes('streams'),
  ).length
}

/** A hook has ended when Helm has; the step that is a part of the release ends beside it. */
const untilStepsDone = (namespace: string, times: number) =>
  until(`the step has ended ${times} times`, async () => (await stepsDone(namespace)) === times)

const cases = [...sets.map((set): [string, Which] => [set, 'newest']), ['everything', 'oldest']] satisfies [
  string,
  Which,
][]

describe.each(cases)('a release with the values %s by the %s Helm', (set, which) => {
  const namespace = `${set}-${which}`

  it('is installed, upgraded, rolled back and uninstalled', async () => {
    await makeNamespace(namespace)
    await apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'documents', namespace } })

    await helm(['install', ...withSet(namespace, 'previous', set, ...waiting)], which)
    await expectAllReady(namespace, '0.0.1')
    await untilStepsDone(namespace, 1)

    await helm(['upgrade', ...withSet(namespace, 'own', set, ...waiting)], which)
    await expectAllReady(namespace, '0.1.0')
    await untilStepsDone(namespace, 2)

    await helm(['test', 'docs', '-n', namespace], which)
    await helm(['rollback', 'docs', '1', '-n', namespace, ...waiting], which)
    await expectAllReady(namespace, '0.0.1')

    await uninstall(namespace, which)
    const left = await get(namespace, `${kinds} -l app.kubernetes.io/instance=docs`, Named)
    // What `helm test` ran is kept for whoever looks.
    expect(left.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      expect.stringMatching(/^ConfigMap .*-test$/),
    ])
  })
})

it('a release is upgraded from each form of it to each other one', async () => {
  const namespace = await makeNamespace('forms')
  await apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'documents', namespace } })
  // The same names, so that every object is changed, and none made anew.
  const named = ['--set', 'fullnameOverride=pdf', ...waiting]
  const order = ['minimal', 'everything', 'token', 'evaluation', 'everything', 'minimal']
  for (const set of order) {
    await helm(['upgrade', '--install', ...withSet(namespace, 'own', set, ...named)])
    await expectAllReady(namespace, '0.1.0')
  }
  await uninstall(namespace)
})

it('what the chart makes is taken by a server that validates strictly', async () => {
  const namespace = await makeNamespace('strict')
  const args = ['template', ...withSet(namespace, 'own', 'everything'), '--no-hooks']
  const text = await helm(args)
  const applied = await kubectl(
    ['apply', '-n', namespace, '--server-side', '--dry-run=server', '--validate=strict', '-f', '-'],
    text,
  )
  for (const made of ['scaledobject.keda.sh/pdf-ocr', 'horizontalpodautoscaler.autoscaling/pdf-gateway'])
    expect(applied).toContain(`${made} serverside-applied (server dry run)`)
})

/** Every pod is ready and of a version; of what is scaled, more may have been on their way when Helm was content. */
async function expectAllReady(namespace: string, version: string): Promise<void> {
  const unready = async () => (await podsIn(namespace)).filter((pod) => !isReady(pod))
  await until('all pods are ready', async () => (await unready()).length === 0)
  const labels = (await podsIn(namespace)).map(({ metadata }) => metadata.labels)
  const components = labels.map((each) => each['app.kubernetes.io/component'])
  expect(components).toEqual(expect.arrayContaining(['gateway', 'compression', 'ocr', 'janitor']))
  expect([...new Set(labels.map((each) => each['app.kubernetes.io/version']))]).toEqual([version])
}
