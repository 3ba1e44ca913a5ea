import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { helm, makeNamespace, tryHelm } from './cluster.ts'
import { install, podsIn, uninstall, withSet } from './release.ts'
import { plays } from './stages.ts'

const namespace = 'failures'
beforeAll(async () => {
  await makeNamespace(namespace)
  await install(namespace, 'minimal')
})
afterAll(() => uninstall(namespace))

/** What has Helm wait, and go back where that comes to nothing. */
const orBack = (patience: string) => ['--wait', '--rollback-on-failure', '--timeout', patience]

const Revision = z.object({ status: z.string() })

async function statuses(): Promise<string[]> {
  const told = await helm(['history', 'docs', '-n', namespace, '-o', 'json'])
  return z
    .array(Revision)
    .parse(JSON.parse(told))
    .map(({ status }) => status)
}

const annotated = (path: string, as: string) => [
  '--set-string',
  `${path}.podAnnotations.${plays.replaceAll('.', '\\.')}=${as}`,
]

it('an upgrade whose step fails is rolled back, and no service was touched', async () => {
  const before = await names()
  const failing = [
    ...annotated('streams', 'fails'),
    '--set',
    'streams.backoffLimit=0',
    '--set',
    'image.tag=9.9.9',
  ]
  const { code, output } = await tryHelm([
    'upgrade',
    ...withSet(namespace, 'own', 'minimal', ...failing),
    ...orBack('60s'),
  ])
  expect(code, output).toBe(1)
  expect(output).toContain('pre-upgrade hooks failed')
  expect(await statuses()).toEqual(['superseded', 'failed', 'deployed'])
  expect(await names()).toEqual(before)
})

it('an upgrade whose gateways do not get ready is rolled back, while the old ones serve', async () => {
  const before = await names('gateway')
  const stuck = [...annotated('gateway', 'stuck'), '--set', 'image.tag=9.9.9']
  const { code, output } = await tryHelm([
    'upgrade',
    ...withSet(namespace, 'own', 'minimal', ...stuck),
    ...orBack('25s'),
  ])
  expect(code, output).toBe(1)
  expect((await statuses()).slice(-2)).toEqual(['failed', 'deployed'])
  // A pod that had ended would have come back by another name.
  expect(await names('gateway')).toEqual(before)
  const images = (await podsIn(namespace)).map(({ spec }) => spec.containers[0].image)
  expect(images.filter((image) => image.endsWith(':9.9.9'))).toEqual([])
})

const names = async (component?: string) =>
  (await podsIn(namespace, component)).map(({ metadata }) => metadata.name).toSorted()
