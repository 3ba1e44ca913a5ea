export * from './decide.ts'
export * from './evolve.ts'
export * from './retry.ts'
export * from './status.ts'
