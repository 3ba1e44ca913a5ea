export * from './entry-names.ts'
export * from './zip.ts'
