export * from './bitonal.ts'
export { imageDictionary } from './png-image.ts'
export * from './write-image-pages.ts'
