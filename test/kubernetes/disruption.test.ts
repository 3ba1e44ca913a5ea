import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeNamespace, tryKubectl } from './cluster.ts'
import { install, podsIn, uninstall } from './release.ts'

const namespace = 'disruption'
beforeAll(async () => {
  await makeNamespace(namespace)
  const few = ['--set', 'gateway.replicas=1', '--set', 'workers.ocr.replicas=3']
  await install(
    namespace,
    'minimal',
    ...few,
    '--set',
    'workers.ocr.topologySpread.whenUnsatisfiable=DoNotSchedule',
  )
})
afterAll(() => uninstall(namespace))

/** What a node that is emptied asks for. */
function evict(pod: string | undefined) {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace } }
  const address = `/api/v1/namespaces/${namespace}/pods/${pod}/eviction`
  return tryKubectl(['create', '--raw', address, '-f', '-'], JSON.stringify(eviction))
}

it('pods stand on nodes of their own', async () => {
  const nodes = (await podsIn(namespace, 'ocr')).map(({ spec }) => spec.nodeName ?? '')
  expect(nodes.toSorted()).toEqual(['node-0', 'node-1', 'node-2'])
})

it('the last gateway is not evicted', async () => {
  const [gateway] = await podsIn(namespace, 'gateway')
  const { code, output } = await evict(gateway?.metadata.name)
  expect(code).toBe(1)
  expect(output).toContain("violate the pod's disruption budget")
  expect((await podsIn(namespace, 'gateway')).map(({ metadata }) => metadata.name)).toEqual([
    gateway?.metadata.name,
  ])
})

it('a worker is, since others do its work', async () => {
  const [worker] = await podsIn(namespace, 'janitor')
  expect(await evict(worker?.metadata.name)).toMatchObject({ code: 0 })
})
