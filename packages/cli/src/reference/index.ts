export { programOf } from '../commands.ts'
export type { KnownTask } from '../tasks/catalogue.ts'
export { manual } from './manual.ts'
export { reference } from './markdown.ts'
