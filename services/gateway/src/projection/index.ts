export { openProjection } from './open.ts'
export { ownProjectionFile } from './own-file.ts'
