import { z } from 'zod'
import { chartSettings } from './chart-settings.ts'
import { eventReference } from './events.ts'
import { packageReference } from './packages.ts'
import { settingsReference } from './settings.ts'

const Schemas = z.object({ schemas: z.array(z.string().regex(/^\/schemas(\/[\w.-]+)+$/)) })

/** All generated documents, by their path below docs/. The API tells of itself, so a gateway has to run. */
export async function referenceDocuments(url: string): Promise<Map<string, string>> {
  const get = async (path: string) => (await fetch(url + path)).json()
  const textOf = async (path: string) => `${JSON.stringify(await get(path), undefined, 2)}\n`
  const { schemas } = Schemas.parse(await get('/schemas'))
  return new Map([
    ['api/openapi.json', await textOf('/openapi.json')],
    ['api/asyncapi.json', await textOf('/asyncapi.json')],
    ...(await Promise.all(
      schemas.map(async (path): Promise<[string, string]> => [`events${path}`, await textOf(path)]),
    )),
    ['events/README.md', eventReference()],
    ['packages.md', packageReference()],
    ['settings.md', settingsReference()],
    ['../deploy/k8s/files/settings.json', `${JSON.stringify(chartSettings(), undefined, 2)}\n`],
  ])
}
