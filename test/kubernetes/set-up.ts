import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from '@pdf-smaller/testing/system'
import type { TestProject } from 'vitest/node'
import { provideControlPlane } from '../../scripts/provision/control-plane.ts'
import { provideHelm, provideKubectl } from '../../scripts/provision/helm.ts'
import { provideKubeScore } from '../../scripts/provision/kube-score.ts'
import { definitionFiles } from '../../scripts/provision/kubernetes-schemas.ts'
import { startControlPlane } from './control-plane.ts'
import { withFailures } from './stages.ts'

declare module 'vitest' {
  interface ProvidedContext {
    kubeconfig: string
    /** The folder of the chart of the release before. */
    previousChart: string
    tls: { cert: string; key: string }
  }
}

/** The folder with the one chart that a release leaves there for the next. */
const previous = fileURLToPath(new URL('previous/', import.meta.url))

/** Kinds of others that the chart makes. */
const foreign = ['scaledobjects', 'servicemonitors', 'prometheusrules', 'httproutes']

/**
 * One control plane for all tests: three nodes in three zones, the kinds of KEDA, the Prometheus operator and the Gateway
 * API, and what value sets take for granted. Its programs are built where they are not there; where that cannot be, no test runs.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const [programs, kubectl] = await Promise.all([
    provideControlPlane(),
    provideKubectl(),
    provideHelm(),
    provideHelm('oldest'),
    provideKubeScore(),
  ])
  const stages = withFailures(await readFile(path.join(programs, 'stages.yaml'), 'utf8'))
  const { kubeconfig, tls, stop } = await startControlPlane(programs, stages)
  const run = (args: string[], input?: string) => {
    const { status, stderr, stdout } = spawnSync(kubectl, ['--kubeconfig', kubeconfig, ...args], {
      input,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`kubectl ${args.join(' ')} failed:\n${stderr}`)
    return stdout
  }
  try {
    const files = (await definitionFiles()).filter((file) =>
      foreign.some((kind) => file.includes(`_${kind}.yaml`)),
    )
    run(['apply', '--server-side', ...files.flatMap((file) => ['-f', file])])
    run(
      ['apply', '--server-side', '-f', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: given() }),
    )
    run(['wait', '--for=condition=Ready', 'node', '--all', '--timeout=60s'])
    run(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s'])
    const accounts = () => run(['-n', 'default', 'get', 'serviceaccounts', '-o', 'name']).includes('default')
    await until('namespaces get their accounts', accounts)
  } catch (error) {
    await stop()
    throw error
  }
  const unpacked = await mkdtemp(path.join(tmpdir(), 'pdf-smaller-previous-'))
  const [packed = ''] = await readdir(previous)
  execFileSync('tar', ['-xzf', path.join(previous, packed), '-C', unpacked])
  project.provide('previousChart', path.join(unpacked, 'pdf-smaller'))
  project.provide('kubeconfig', kubeconfig)
  project.provide('tls', tls)
  return async () => {
    await stop()
    await rm(unpacked, { recursive: true, force: true })
  }
}

/** What a cluster has before a chart comes: nodes, a class of priority, volumes of two classes. */
function given(): object[] {
  const amounts = { cpu: '64', memory: '256Gi', pods: '200', 'ephemeral-storage': '1Ti' }
  const nodes = [0, 1, 2].map((number) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: `node-${number}`,
      labels: {
        'kubernetes.io/hostname': `node-${number}`,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/zone': `zone-${number}`,
      },
    },
    status: { allocatable: amounts, capacity: amounts },
  }))
  const urgent = {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'urgent' },
    value: 2000,
  }
  // Volumes are not used again, so that there is one for each claim of each installation.
  const volumes = ['fast', 'local'].flatMap((storageClassName) =>
    Array.from({ length: 60 }, (_, number) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `${storageClassName}-${number}` },
      spec: {
        storageClassName,
        capacity: { storage: '100Gi' },
        accessModes: ['ReadWriteOnce'],
        hostPath: { path: `/volumes/${storageClassName}-${number}` },
      },
    })),
  )
  return [...nodes, urgent, ...volumes]
}
