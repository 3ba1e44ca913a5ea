export * from './entry-names.ts'
export * from './zip.ts'
export * from './zip-of-bytes.ts'
