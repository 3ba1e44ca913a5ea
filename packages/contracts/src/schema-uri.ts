/** What schemas are of: the data of events, whole messages, what is sent to tasks and comes of them, and files. */
export const schemaKinds = ['data', 'events', 'ticks', 'options', 'results', 'files'] as const
export type SchemaKind = (typeof schemaKinds)[number]

/** Where each gateway serves a schema. */
export function schemaPath(kind: SchemaKind, name: string): string {
  return `/schemas/${kind}/${name}.json`
}

/**
 * The name of a schema, the same in all installations and for as long as its events are kept. Its path is served by each
 * gateway; its host is nobody's, now and for ever (RFC 6761, section 6.4).
 */
export function schemaUri(kind: SchemaKind, name: string): string {
  return `https://pdf-smaller.invalid${schemaPath(kind, name)}`
}
