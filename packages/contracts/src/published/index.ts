export * from './asyncapi.ts'
export * from './event-types.ts'
export * from './json-schema.ts'
