import { extractionJsonSchema } from '@pdf-smaller/contracts/extraction'
import { eventReference } from './events.ts'
import { packageReference } from './packages.ts'
import { settingsReference } from './settings.ts'

/** All generated documents, by their path below docs/. The API tells of itself, so a gateway has to run. */
export async function referenceDocuments(url: string): Promise<Map<string, string>> {
  const openapi: unknown = await (await fetch(`${url}/openapi.json`)).json()
  return new Map([
    ['api/openapi.json', `${JSON.stringify(openapi, undefined, 2)}\n`],
    ['api/extraction.schema.json', `${JSON.stringify(extractionJsonSchema(), undefined, 2)}\n`],
    ['events/README.md', eventReference()],
    ['packages.md', packageReference()],
    ['settings.md', settingsReference()],
  ])
}
