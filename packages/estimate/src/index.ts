export { constants } from './constants.ts'
export { estimateLevels, estimateWith } from './estimate.ts'
export type { Constants, Level } from './levels.ts'
export { type Image, type ImageClass, type Structure, structureOf } from './structure.ts'
