import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'
import { z } from 'zod'
import type { Which } from '../../scripts/provision/helm.ts'
import { get, helm } from './cluster.ts'

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** The chart, and that of the release before, each with the value sets that it was tested with. */
export const charts = { own: pathOf('../../deploy/k8s/'), previous: inject('previousChart') }

/** Until all pods are ready, and no longer. */
export const waiting = ['--wait', '--timeout', '90s']

/** Arguments of `helm install` and `upgrade` with a value set. */
export function withSet(
  namespace: string,
  chart: keyof typeof charts,
  set: string,
  ...more: string[]
): string[] {
  const values = path.join(charts[chart], 'ci', `${set}-values.yaml`)
  return ['docs', charts[chart], '-n', namespace, '-f', values, ...more]
}

export const install = (namespace: string, set: string, ...more: string[]) =>
  helm(['install', ...withSet(namespace, 'own', set, ...waiting, ...more)])

export async function uninstall(namespace: string, which: Which = 'newest'): Promise<void> {
  await helm(['uninstall', 'docs', '-n', namespace, '--wait'], which)
}

const Pod = z.object({
  metadata: z.object({
    name: z.string(),
    labels: z.record(z.string(), z.string()),
    deletionTimestamp: z.string().optional(),
  }),
  spec: z.object({ nodeName: z.string().optional(), containers: z.tuple([z.object({ image: z.string() })]) }),
  status: z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]) }),
})
export type Pod = z.infer<typeof Pod>

/** Pods that run for good, of one component or all. */
export async function podsIn(namespace: string, component?: string): Promise<Pod[]> {
  const found = await get(namespace, 'pods', Pod)
  return found.filter(
    ({ metadata: { labels, deletionTimestamp } }) =>
      deletionTimestamp === undefined &&
      labels['app.kubernetes.io/component'] !== 'streams' &&
      (component === undefined || labels['app.kubernetes.io/component'] === component),
  )
}

export const isReady = ({ status }: Pod) =>
  status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True')
