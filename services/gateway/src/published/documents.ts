import { extractionJsonSchema } from '@pdf-smaller/contracts/extraction'
import { describeEvents, type JsonSchema, messageSchemas } from '@pdf-smaller/contracts/published'
import type { Task } from '@pdf-smaller/task'
import { taskSchemas } from '@pdf-smaller/task/schemas'
import { z } from 'zod'

const Named = z.looseObject({ $id: z.url() })

/** Every schema that strangers may refer to. */
export function publishedSchemas(tasks: readonly Task[]): JsonSchema[] {
  return [...messageSchemas(), ...taskSchemas(tasks).map(({ schema }) => schema), extractionJsonSchema()]
}

/** What is published beside the description of the HTTP API, as JSON, by its path: each schema at that of its name. */
export function publishedDocuments(tasks: readonly Task[]): ReadonlyMap<string, string> {
  const schemas = publishedSchemas(tasks).map((schema): [string, string] => [
    new URL(Named.parse(schema).$id).pathname,
    JSON.stringify(schema),
  ])
  return new Map([['/asyncapi.json', JSON.stringify(describeEvents())], ...schemas])
}
