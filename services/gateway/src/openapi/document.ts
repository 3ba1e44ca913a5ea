import { type Route, tags } from '@pdf-smaller/contracts/http'
import type { Task } from '@pdf-smaller/task'
import { componentsOf } from './by-task.ts'
import { operationOf } from './operation.ts'
import { type JsonSchema, openSchemas } from './schemas.ts'

type Described = {
  routes: readonly Route[]
  tasks: readonly Task[]
  /** Where the API is reached; where that is not known, it is where the document comes from. */
  publicUrl: string | undefined
}

/** The OpenAPI 3.1 document of the API as JSON, from the contracts that its requests and answers are held to. */
export function describeApi({ routes, tasks, publicUrl = '/' }: Described): string {
  const schemas = openSchemas(componentsOf(tasks))
  const paths: Record<string, Record<string, JsonSchema>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, schemas) }
  }
  return JSON.stringify({
    openapi: '3.1.0',
    info: {
      title: 'PDF Smaller',
      version: '1',
      description:
        'Makes PDFs smaller, converts, merges, splits and reads them. Every failure is a problem document (RFC 9457).',
      contact: { name: 'Whoever runs this installation' },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key; a gateway without keys asks for none.',
        },
      },
      schemas: Object.fromEntries(used(schemas.components, JSON.stringify(paths))),
    },
  })
}

/** Components that the text refers to, and those that they refer to. */
function used(components: ReadonlyMap<string, JsonSchema>, text: string): Map<string, JsonSchema> {
  const found = new Map<string, JsonSchema>()
  const look = (text: string) => {
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      const component = components.get(name)
      if (found.has(name) || !component) continue
      found.set(name, component)
      look(JSON.stringify(component))
    }
  }
  look(text)
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}
