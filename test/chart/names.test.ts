import { expect, it } from 'vitest'
import { podsOf } from './manifest.ts'
import { render, renderAs } from './render.ts'

/** A name of a Service before Kubernetes 1.36 (RFC 1035). */
const nameOfService = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/

async function namesOf(kind: string, release: string, namespace = 'documents'): Promise<string[]> {
  const manifests = await renderAs(release, namespace)
  return manifests.flatMap((manifest) => (manifest.kind === kind ? [manifest.metadata.name] : []))
}

it.each(['docs', '123', '2026.11', 'a.b', 'a'.repeat(53), `${'a'.repeat(39)}-b`, `${'9'.repeat(39)}.b`])(
  'Services of the release %s have names that can be had',
  async (release) => {
    for (const name of await namesOf('Service', release)) expect(name).toMatch(nameOfService)
  },
)

it.each([
  [`${'a'.repeat(45)}-live`, `${'a'.repeat(45)}-trial`],
  ['a.b', 'a-b'],
  ['123', 'r123'],
])('%s and %s stand beside each other', async (one, other) => {
  const names = await namesOf('Service', one)
  expect(names).not.toEqual([])
  const others = new Set(await namesOf('Service', other))
  expect(names.filter((name) => others.has(name))).toEqual([])
})

it('priority classes, which are the cluster’s, tell namespace and release apart', async () => {
  const names = await namesOf('PriorityClass', 'b-pdf-smaller', 'a')
  expect(names).toHaveLength(3)
  const others = new Set(await namesOf('PriorityClass', 'pdf-smaller', 'a-b'))
  expect(names.filter((name) => others.has(name))).toEqual([])
})

it('images have the tag that was said, also where it is a number', async () => {
  const pods = podsOf(await render('minimal', { image: { tag: 20_261_130 } }))
  for (const { container } of pods) expect(container.image).toMatch(/:20261130$/)
})
