export * from './context.ts'
export { type RepairsTold, Strictness } from './repairs.ts'
export * from './stages.ts'
export * from './task.ts'
