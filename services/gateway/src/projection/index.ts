export { openProjection } from './open.ts'
export { ownProjectionFile } from './own-file.ts'
export { openTable, type Row, type Table } from './table.ts'
